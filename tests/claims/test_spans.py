"""Places in a text: exact, or refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from annotations.claims.spans import (
    CONTEXT,
    Span,
    SpanError,
    code_points_to_utf16,
    find_quote,
    merged,
    span_at,
    split,
    stretches,
    trimmed,
    utf16_to_code_points,
)

VECTORS: dict[str, list[dict[str, Any]]] = json.loads((Path(__file__).parents[1] / "golden" / "spans.json").read_text())

settled = settings(deadline=None, derandomize=True, max_examples=300)

PIECES = [
    *("a", "b", "ab", "“", "”", "’", " ", "  ", "\n", "\u00a0", "\u2009", ". ", "é", "e\u0301", "x\u0323\u0301"),
    *("😀", "👨\u200d👩\u200d👧\u200d👦", "🇫🇷", "👍🏽", "❤\ufe0f", "قَالَ", "لا", "שָׁלוֹם", "क्षि", "हिन्दी", "\u200b", "한"),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@st.composite
def texts_with_a_place(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text, and a start and end in it with something between them."""
    text = draw(TEXTS)
    assume(text)
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    return text, start, end


def refused(*arguments: Any, by: Any = span_at) -> SpanError:
    with pytest.raises(SpanError) as caught:
        by(*arguments)
    return caught.value


# A place by its offsets.


@pytest.mark.parametrize("vector", VECTORS["spans"])
def test_the_span_vectors(vector: dict[str, Any]) -> None:
    span = span_at(vector["text"], vector["start"], vector["end"])
    assert span == Span(*(vector[name] for name in ("start", "end", "exact", "prefix", "suffix")))


@settled
@given(texts_with_a_place())
def test_a_span_is_exactly_what_stands_there(place: tuple[str, int, int]) -> None:
    text, start, end = place
    span = span_at(text, start, end)
    assert (span.start, span.end) == (start, end)
    assert text[span.start : span.end] == span.exact
    assert text[:start].endswith(span.prefix)
    assert text[end:].startswith(span.suffix)
    assert len(span.prefix) == min(CONTEXT, start)
    assert len(span.suffix) == min(CONTEXT, len(text) - end)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (0, 6), (6, 7), (3, -1)])
def test_a_place_outside_the_text_is_refused(start: int, end: int) -> None:
    error = refused("plain", start, end)
    assert error.code == "bounds"
    assert "5 characters" in str(error)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (3, 2)])
def test_an_empty_place_is_refused(start: int, end: int) -> None:
    assert refused("plain", start, end).code == "empty"


@pytest.mark.parametrize("blank", [" ", "\n", "\u00a0\u2003", "\t \n"])
def test_white_space_is_no_span(blank: str) -> None:
    assert refused(f"a{blank}b", 1, 1 + len(blank)).code == "blank"


# A place by its quote.


def test_a_quote_that_stands_once_needs_no_context() -> None:
    assert find_quote("We won. They lost.", "They lost") == span_at("We won. They lost.", 8, 17)


def test_context_tells_equal_quotes_apart() -> None:
    text = "He said no. She said no. They said no."
    assert find_quote(text, "said no", prefix="She ").start == 16
    assert find_quote(text, "said no", suffix=". They").start == 16
    assert find_quote(text, "said no", prefix="Some people: They ").start == 30


def test_context_of_both_sides_counts_together() -> None:
    text = "ab X cd, zb X ce, zb X cd"
    assert find_quote(text, "X", prefix="zb ", suffix=" cd").start == 21
    assert find_quote(text, "X", prefix="not there, zb ", suffix=" cd, gone").start == 21


def test_a_quote_whose_context_settles_nothing_is_ambiguous() -> None:
    error = refused("no, no and no", "no", by=find_quote)
    assert (error.code, error.count) == ("ambiguous", 3)
    assert "3 places" in str(error)
    assert refused("no, no and no", "no", "maybe ", by=find_quote).code == "ambiguous"
    assert refused("a no b, a no b", "no", "a ", " b", by=find_quote).count == 2


def test_overlapping_places_are_places() -> None:
    assert refused("ananas", "ana", by=find_quote).count == 2


@pytest.mark.parametrize("quote", ["They  lost", "they lost", "cafe\u0301", "“They lost”"])
def test_a_quote_is_compared_character_for_character(quote: str) -> None:
    assert refused("They lost. Café.", quote, by=find_quote).code == "not_found"


def test_an_empty_or_blank_quote_is_refused() -> None:
    assert refused("a b", "", by=find_quote).code == "empty"
    assert refused("a b", " ", by=find_quote).code == "blank"


def test_a_quote_at_very_many_places_is_refused_without_counting_them_all() -> None:
    error = refused("a" * 1_000_000, "a", by=find_quote)
    assert error.code == "ambiguous"
    assert "more than 1,000 places" in str(error)


@settled
@given(texts_with_a_place())
def test_what_a_span_says_leads_back_to_it_or_is_ambiguous(place: tuple[str, int, int]) -> None:
    text, start, end = place
    span = span_at(text, start, end)
    equals = [at for at in range(len(text)) if text.startswith(span.exact, at)]
    try:
        assert find_quote(text, span.exact, span.prefix, span.suffix) == span
    except SpanError as error:
        alike = [at for at in equals if span_at(text, at, at + end - start).prefix.endswith(span.prefix)]
        assert error.code == "ambiguous"
        assert len(alike) > 1
        assert error.count == len(equals)


@settled
@given(TEXTS, st.sampled_from(PIECES), TEXTS, TEXTS)
def test_a_found_quote_stands_where_it_was_found(text: str, quote: str, prefix: str, suffix: str) -> None:
    try:
        span = find_quote(text, quote, prefix, suffix)
    except SpanError as error:
        assert (error.code == "not_found") == (quote not in text)
    else:
        assert text[span.start : span.end] == span.exact == quote


# Trimming, merging, splitting.


def test_trimming_takes_white_space_off_both_ends() -> None:
    assert trimmed(" \u00a0One two.\n ", 0, 12).exact == "One two."
    assert refused("a   b", 1, 4, by=trimmed).code == "blank"


@settled
@given(texts_with_a_place())
def test_trimming_leaves_a_span_without_white_space_at_its_ends(place: tuple[str, int, int]) -> None:
    text, start, end = place
    span = trimmed(text, start, end)
    assert start <= span.start < span.end <= end
    assert span.exact == text[start:end].strip()
    assert span == span_at(text, span.start, span.end)


def test_merging_takes_in_everything_between() -> None:
    text = "One. Two. Three."
    assert merged(text, [span_at(text, 10, 16), span_at(text, 0, 4)]).exact == text
    assert merged(text, [span_at(text, 0, 9), span_at(text, 5, 9)]).exact == "One. Two."
    assert refused(text, [], by=merged).code == "empty"


def test_splitting_leaves_two_trimmed_parts() -> None:
    text = "Ann 😀 said so, and Ben did."
    first, second = split(text, span_at(text, 0, len(text)), 14)
    assert (first.exact, second.exact) == ("Ann 😀 said so,", "and Ben did.")


@pytest.mark.parametrize("at", [0, 2, 8, 9])
def test_splitting_outside_the_span_is_refused(at: int) -> None:
    assert refused("One two. Three.", span_at("One two. Three.", 2, 8), at, by=split).code == "bounds"


def test_splitting_off_white_space_is_refused() -> None:
    assert refused("One ", span_at("One ", 0, 4), 3, by=split).code == "blank"


@settled
@given(texts_with_a_place(), st.data())
def test_the_parts_of_a_span_merge_into_it_again(place: tuple[str, int, int], data: st.DataObject) -> None:
    text, start, end = place
    whole = trimmed(text, start, end)
    assume(len(whole.exact) > 1)
    at = data.draw(st.integers(whole.start + 1, whole.end - 1))
    parts = split(text, whole, at)
    assert all(text[part.start : part.end] == part.exact == part.exact.strip() for part in parts)
    assert parts[0].end <= at <= parts[1].start
    assert merged(text, parts) == whole


# What browsers count.


@pytest.mark.parametrize("vector", VECTORS["offsets"])
def test_the_offset_vectors(vector: dict[str, Any]) -> None:
    text = vector["text"]
    assert [code_points_to_utf16(text, offset) for offset in vector["code_points"]] == vector["utf16"]
    assert [utf16_to_code_points(text, offset) for offset in vector["utf16"]] == vector["code_points"]


@pytest.mark.parametrize("vector", VECTORS["cut_pairs"])
def test_half_a_character_is_no_place(vector: dict[str, Any]) -> None:
    assert refused(vector["text"], vector["utf16"], by=utf16_to_code_points).code == "half_character"


@pytest.mark.parametrize("offset", [-1, 5, 100])
def test_offsets_outside_the_text_are_refused(offset: int) -> None:
    assert refused("a😀b", offset, by=utf16_to_code_points).code == "bounds"
    assert refused("a😀b", offset, by=code_points_to_utf16).code == "bounds"


@settled
@given(TEXTS)
def test_both_ways_of_counting_lead_back(text: str) -> None:
    counted = [code_points_to_utf16(text, offset) for offset in range(len(text) + 1)]
    assert counted == [len(text[:offset].encode("utf-16-le")) // 2 for offset in range(len(text) + 1)]
    assert [utf16_to_code_points(text, offset) for offset in counted] == list(range(len(text) + 1))
    for inside in set(range(counted[-1])) - set(counted):
        assert refused(text, inside, by=utf16_to_code_points).code == "half_character"


# Drawing.


@pytest.mark.parametrize("vector", VECTORS["stretches"])
def test_the_stretch_vectors(vector: dict[str, Any]) -> None:
    answer = stretches(vector["length"], [(start, end) for start, end in vector["spans"]])
    assert [[start, end, list(indexes)] for start, end, indexes in answer] == vector["stretches"]


SPANS = st.lists(st.tuples(st.integers(0, 29), st.integers(1, 30)).filter(lambda pair: pair[0] < pair[1]), max_size=12)


@settled
@given(SPANS)
def test_stretches_say_of_every_character_which_spans_cover_it(spans: list[tuple[int, int]]) -> None:
    answer = stretches(30, spans)
    assert [start for start, _, _ in answer] == [0, *(end for _, end, _ in answer[:-1])]
    assert answer[-1][1] == 30
    for start, end, indexes in answer:
        assert start < end
        for character in range(start, end):
            assert {place for place, (s, e) in enumerate(spans) if s <= character < e} == set(indexes)
        assert list(indexes) == sorted(indexes, key=lambda place: (spans[place][0], -spans[place][1], place))
    cuts = {0, 30} | {offset for pair in spans for offset in pair}
    assert len(answer) == len(cuts) - 1


@pytest.mark.parametrize(
    ("span", "code"), [((-1, 3), "bounds"), ((2, 11), "bounds"), ((3, 3), "empty"), ((4, 2), "empty")]
)
def test_spans_that_are_none_are_refused(span: tuple[int, int], code: str) -> None:
    assert refused(10, [span], by=stretches).code == code
