"""Candidate claims of a text."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.claims.segmentation import Proposal, propose

ARTICLE = (Path(__file__).parents[1] / "golden" / "strikes-in-iraq.txt").read_text(encoding="utf-8")
BODY = "The dam broke on Tuesday, the council said."

settled = settings(deadline=None, derandomize=True, max_examples=300)


def kinds(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in propose(text, language)]


def headings(text: str, language: str = "en") -> list[str]:
    return [words for kind, words in kinds(text, language) if kind == "heading"]


# The real article.


def test_the_article_has_sixteen_candidates() -> None:
    proposals = propose(ARTICLE)
    assert [ARTICLE[each.start : each.end] for each in proposals] == ARTICLE.split("\n")
    assert len(proposals) == 16


def test_the_headings_of_the_article_are_kept_apart() -> None:
    assert headings(ARTICLE) == [
        "PM: US strikes will lead to ‘irresponsible escalation’",
        "Iraqi parliament: US strikes ‘open aggression on national sovereignty’",
    ]


def test_the_article_in_one_line_has_the_same_sentences() -> None:
    text = " ".join(line for line in ARTICLE.split("\n") if line.endswith((".", "”")))
    assert [words for _, words in kinds(text)] == [line for line in ARTICLE.split("\n") if line.endswith((".", "”"))]


# Headings.


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        ("en", "Dam ‘not safe’, council told", BODY),
        ("fr", "M. Durand : « Le barrage est sûr »", "Le barrage a cédé mardi, selon le conseil."),
        ("de", "Damm gebrochen: „Niemand hat gewarnt“", "Der Damm brach am Dienstag, sagte der Rat."),
        ("es", "«La presa es segura», dice el alcalde", "La presa cedió el martes, dijo el consejo."),
        ("ru", "Плотина прорвана: «Никто не предупреждал»", "Плотину прорвало во вторник, сообщил совет."),
        ("ar", "رئيس البلدية: «السد آمن»", "انهار السد يوم الثلاثاء، بحسب المجلس."),
    ],
)
def test_a_title_is_a_heading(language: str, title: str, body: str) -> None:
    assert kinds(f"{title}\n{body}", language) == [("heading", title), ("sentence", body)]
    assert kinds(f"{body}\n\n{title}\n\n{body}\n", language)[1] == ("heading", title)


def test_title_deck_and_byline_may_stand_together() -> None:
    assert headings(f"Dam breaks\nTwo hurt as water reaches town\nBy Helen Marsh\n\n{BODY}") == [
        "Dam breaks",
        "Two hurt as water reaches town",
        "By Helen Marsh",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\nHelen Marsh",
        "Dam breaks",
        "one\ntwo\nthree\nfour\n" + BODY,
        "One\nTwo\nThree\nFour\n" + BODY,
        f"- Dam breaks\n{BODY}",
        f"1. Dam breaks\n{BODY}",
        f"The mayor said:\n{BODY}",
        f"Is the dam safe?\n{BODY}",
        f"“The dam is safe.”\n{BODY}",
        f"(He would not say …)\n{BODY}",
        f"The dam broke and\nthe water came.\n{BODY}",
        f"The dam broke in the night{', and the water rose' * 5}\n{BODY}",
    ],
)
def test_other_lines_are_none(text: str) -> None:
    assert headings(text) == []


# Lines and paragraphs.


def test_a_sentence_does_not_go_on_over_a_line() -> None:
    assert kinds(f"“The dam is safe\n“It is not\n{BODY}")[-1] == ("sentence", BODY)


@pytest.mark.parametrize("newline", ["\n", "\n\n", "\n \n", "\u2028", "\x0b", "\x85", "\n\n\n\n"])
def test_lines_end_wherever_unicode_ends_them(newline: str) -> None:
    assert [words for _, words in kinds(newline.join([BODY, BODY]))] == [BODY, BODY]


WRAPPED = """Dam breaks

The dam at Calder Mere broke on Tuesday night, the council said. Water
reached the mill within an hour, and two families had to leave. “We were
not warned,” said Helen Marsh, who lives on Mill Road. Nobody from Calder
Water answered.
"""


def test_a_paragraph_wrapped_at_a_fixed_width_is_read_as_one() -> None:
    assert [(kind, " ".join(words.split())) for kind, words in kinds(WRAPPED)] == [
        ("heading", "Dam breaks"),
        ("sentence", "The dam at Calder Mere broke on Tuesday night, the council said."),
        ("sentence", "Water reached the mill within an hour, and two families had to leave."),
        ("sentence", "“We were not warned,” said Helen Marsh, who lives on Mill Road."),
        ("sentence", "Nobody from Calder Water answered."),
    ]
    assert headings(WRAPPED.replace("\n\n", "\n")) == ["Dam breaks"]


def test_lines_of_like_length_that_are_sentences_are_not_wrapped() -> None:
    lines = [
        "Extraordinary flooding reached the mill within the hour",
        "Extraordinary demands were made of everybody there",
    ]
    assert [words for _, words in kinds("\n".join(lines * 3))] == lines * 3


@pytest.mark.parametrize("text", ["", "\n", "   \n\u00a0\n", "***\n---\n", "😀\n…\n"])
def test_lines_without_words_give_no_candidate(text: str) -> None:
    assert propose(text) == []


def test_offsets_are_code_points() -> None:
    text = "👨\u200d👩\u200d👧 x\u0323\u0301 fell. 🇫🇷 rose.\n\n  قال: «نعم». "
    assert [words for _, words in kinds(text)] == ["👨\u200d👩\u200d👧 x\u0323\u0301 fell.", "🇫🇷 rose.", "قال: «نعم»."]
    assert propose(text)[-1] == Proposal(text.index("قال"), len(text) - 1, "sentence")


@pytest.mark.parametrize("tag", ["de", "DE", "de-CH", "de_AT"])
def test_the_language_is_that_of_the_tag(tag: str) -> None:
    assert len(propose("Der 1. FC Altstadt verlor im 19. Jahrhundert kein Spiel.", tag)) == 1


@pytest.mark.parametrize("unit", ["a", "a ", "A. ", "\n", "a\n", " \n", "😀", "“A. ", "A b\n"])
def test_a_long_text_of_anything_comes_to_an_end(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    proposals = propose(text)
    assert sum(each.end - each.start for each in proposals) <= len(text)


PIECES = [
    *("The dam broke.", "Dam breaks", "he said", "“", "”", "«", "»", "‘", "’", "Dr. ", "U.S. ", "…", "? ", "! ", ". "),
    *("\n", "\n", "\n\n", " \n ", "\u2028", "\u00a0", "  ", "- ", "1. ", "😀", "👨\u200d👩\u200d👧", "🇫🇷", "👍🏽"),
    *("e\u0301", "x\u0323\u0301", "قال د. أحمد. ", "שָׁלוֹם. ", "हिन्दी। ", "中文。", "г. ", "т. е. ", "19. Jahrhundert "),
]


@settled
@given(
    st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=60),
    st.sampled_from(["en", "ar", "fr", "de", "es", "ru", "he", "", "x"]),
)
def test_candidates_stand_in_order_apart_and_trimmed_and_leave_no_word_out(text: str, language: str) -> None:
    reached = 0
    for each in propose(text, language):
        assert reached <= each.start < each.end <= len(text)
        assert not any(map(str.isalnum, text[reached : each.start]))
        assert text[each.start : each.end] == text[each.start : each.end].strip()
        reached = each.end
    assert not any(map(str.isalnum, text[reached:]))
