"""Where sentences end, in six languages. The golden files hold one sentence a line, paragraphs apart."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.claims.sentences import SPLITTER, sentences

GOLDEN = Path(__file__).parents[1] / "golden" / "sentences"
PARAGRAPHS = [
    pytest.param(path.stem, block.split("\n"), id=f"{path.stem}-{place}")
    for path in sorted(GOLDEN.glob("*.txt"))
    for place, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n"))
]

settled = settings(deadline=None, derandomize=True, max_examples=300)


def parted(paragraph: str, language: str = "en") -> list[str]:
    return [paragraph[start:end] for start, end in sentences(paragraph, language)]


def test_there_are_golden_sentences_of_all_six_languages() -> None:
    counted = {path.stem: len(path.read_text(encoding="utf-8").split("\n")) for path in GOLDEN.glob("*.txt")}
    assert set(counted) == {"ar", "de", "en", "es", "fr", "ru"}
    assert min(counted.values()) > 15


@pytest.mark.parametrize(("language", "expected"), PARAGRAPHS)
def test_the_golden_sentences_in_one_paragraph(language: str, expected: list[str]) -> None:
    assert parted(" ".join(expected), language) == expected


@pytest.mark.parametrize("gap", ["  ", "\u00a0", "\t", " \u2009 "])
def test_whatever_white_space_parts_them(gap: str) -> None:
    assert parted(f"{gap}The dam broke.{gap}Nobody was hurt.{gap}") == ["The dam broke.", "Nobody was hurt."]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["He left. eBay rose."]),
        ("en", ["“Stop!” cried the man."]),
        ("fr", ["Il a payé 3,5 M. d’euros."]),
        ("ru", ["«Что?» — спросил он."]),
        ("ru", ["Вода поднялась до ур. моря."]),
    ],
)
def test_no_sentence_begins_in_lower_case(language: str, expected: list[str]) -> None:
    assert parted(" ".join(expected), language) == expected


@pytest.mark.parametrize(
    "expected",
    [
        ["“The dam is safe.”", "“It is not.”", "Both signed."],
        ["She wrote: ‘It is late.’", "Nobody read it."],
        ["«It is late.»", "«It is not.»"],
        ["He said \"go.\"", "Then he left."],
        ["„Es ist spät.“", "‚Nein.‘", "Er ging."],
        ["“It is ‘over.’”", "He left."],
        ["(“Yes.”)", "He left."],
        ["She asked, “Is it late?”", "“No,” he said."],
    ],
)  # fmt: skip
def test_closing_marks_stay_and_opening_ones_go_on(expected: list[str]) -> None:
    assert parted(" ".join(expected)) == expected


def test_a_quotation_of_several_sentences_stays_whole() -> None:
    text = "“We checked it. There is no leak. We checked again,” she said. Nobody asked."
    assert parted(text) == ["“We checked it. There is no leak. We checked again,” she said.", "Nobody asked."]


def test_a_quotation_that_never_closes_does_not_swallow_the_rest() -> None:
    assert parted("“We checked it. There is no leak. Nobody asked.")[1:] == ["There is no leak.", "Nobody asked."]


def test_without_a_space_a_sentence_ends_only_after_a_word() -> None:
    assert parted("He said so.Then he left.") == ["He said so.", "Then he left."]
    assert parted("قال د.أحمد إن السد آمن.", "ar") == ["قال د.أحمد إن السد آمن."]


def test_the_numbers_of_a_list_go_with_what_they_number() -> None:
    assert parted("1. The pump fails. 2. The valve sticks.") == ["1. The pump fails.", "2. The valve sticks."]


def test_signs_without_words_are_no_sentences_of_their_own() -> None:
    assert parted("The dam broke. ?! Nobody was hurt.") == ["The dam broke. ?!", "Nobody was hurt."]
    assert parted("... The dam broke.") == ["... The dam broke."]


@pytest.mark.parametrize("language", ["", "xx", "zh", "arz", "not a language"])
def test_other_languages_are_parted_too(language: str) -> None:
    assert parted("Dr. Marsh came. She left.", language) == ["Dr. Marsh came.", "She left."]


def test_long_paragraphs_are_parted_like_short_ones() -> None:
    expected = ["The dam broke on Jan. 3 at 5 p.m. local time.", "“It is over. We lost,” she said.", "Was it?"] * 500
    assert parted(" ".join(expected)) == expected


def test_a_sentence_longer_than_any_window_stays_whole() -> None:
    long = "The dam " + "and the pump " * 2_000 + "broke."
    assert parted(f"It rained. {long} Nobody came.") == ["It rained.", long, "Nobody came."]


@pytest.mark.parametrize("pattern", ["“", "“A. ", "(A. ", "‘A. ", "… A", "a", "A.B", "1. ", "د. ", "„", "A. ”"])
def test_hostile_paragraphs_come_to_an_end(pattern: str) -> None:
    text = pattern * (150_000 // len(pattern))
    assert "".join("".join(part.split()) for part in parted(text)) == "".join(text.split())


def test_the_splitter_names_its_version_and_rules() -> None:
    assert SPLITTER == "sentencex 1.0.32 + rules 1"


PIECES = [
    *("Dr.", "The dam", "broke", "he", "19.", "5", "M.", "د.", "т. е.", "г.", "etc.", "…", "...", "?!", "؟", "U.S."),
    *("“", "”", "‘", "’", "«", "»", "„", '"', "(", ")", " ", " ", "  ", "\u00a0", "\t", "-", "—", "1.", "\u200b"),
    *("A", "é", "e\u0301", "قال", "שלום", "हिन्दी।", "中文。", "👨\u200d👩\u200d👧", "🇫🇷"),
]
LANGUAGES = ["en", "ar", "fr", "de", "es", "ru", "xx"]


@settled
@given(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.sampled_from(LANGUAGES),
)
def test_every_sign_is_in_exactly_one_sentence(paragraph: str, language: str) -> None:
    reached = 0
    for start, end in sentences(paragraph, language):
        assert reached <= start < end <= len(paragraph)
        assert not paragraph[reached:start].strip()
        assert paragraph[start:end] == paragraph[start:end].strip()
        reached = end
    assert not paragraph[reached:].strip()
