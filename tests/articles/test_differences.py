"""What differs between two texts, told as finely as the effort for it allows."""

from annotations.articles.differences import CAME, SAME, WENT, Change, changes


def test_a_changed_word_is_told_within_its_line() -> None:
    assert changes("It rained.\nThe river rose.", "It rained.\nThe river fell.") == [
        Change(((SAME, "It rained."),)),
        Change(((SAME, "The river "), (WENT, "rose."), (CAME, "fell."))),
    ]


def test_long_texts_without_a_common_line_are_told_as_a_whole() -> None:
    before, after = ("\n".join(f"{word} {n} " * 5 for n in range(4000)) for word in ("went", "came"))
    told = changes(before, after)
    assert [line.runs[0][0] for line in told] == [WENT] * 4000 + [CAME] * 4000


def test_long_lines_without_a_common_word_are_told_as_a_whole() -> None:
    before, after = (" ".join(f"{word}{n}" for n in range(3000)) for word in ("a", "b"))
    lines = "\n".join([before] * 40), "\n".join([after] * 40)
    assert all([kind for kind, _text in line.runs] == [WENT, CAME] for line in changes(*lines))
