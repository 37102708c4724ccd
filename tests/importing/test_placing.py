"""Marks in the stored text: carried through its normalisation, or reported with what stands there."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.articles.normalisation import TextRejected, normalise, stored_form
from annotations.claims.units import Unit
from annotations.importing.outside import Aside, Document, Mark, Said
from annotations.importing.placing import BOM, MOST_MARKS, MOST_QUOTES, Placed, placed

WIDTHS = {Unit.CODE_POINT: ("utf-32-le", 4), Unit.UTF16: ("utf-16-le", 2), Unit.BYTE: ("utf-8", 1)}
RECEIVED = "\ufeffÄrger 👩🏽‍🚒\r\ne\u0301te\u0301 été\rEnd."


def units(text: str, unit: Unit) -> int:
    encoding, size = WIDTHS[unit]
    return len(text.encode(encoding)) // size


def results(text: str, *marks: Mark, unit: Unit = Unit.CODE_POINT) -> list[Placed | Aside]:
    return list(placed(Document("line 1", text, unit=unit, marks=list(marks)), normalise(text).text))


@given(
    text=st.text(st.sampled_from("ab \r\n\ufeffe\u0301\u0327قÄ👩🏽\u200d🚒한ᄀ\u1161"), min_size=1, max_size=30),
    unit=st.sampled_from(list(Unit)),
    data=st.data(),
)
def test_what_is_placed_equals_its_quote_and_nothing_is_lost(text: str, unit: Unit, data: st.DataObject) -> None:
    try:
        stored = normalise(text).text
    except TextRejected:
        return
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    mark = Mark("m", units(text[:start], unit), units(text[:end], unit), exact=text[start:end])
    [result] = results(text, mark, unit=unit)
    if isinstance(result, Placed):
        span = result.span
        assert (
            stored[span.start : span.end]
            == span.exact
            == stored_form(text[start:end] if start else text[:end].removeprefix(BOM))
        )
    else:
        assert result.item == "m" and result.detail


def test_offsets_are_carried_past_marks_line_ends_and_accents() -> None:
    for unit in Unit:
        for quote in ("👩🏽‍🚒", "été", "End.", "e\u0301te\u0301"):
            start = units(RECEIVED[: RECEIVED.index(quote)], unit)
            [result] = results(RECEIVED, Mark("m", start, start + units(quote, unit), exact=quote), unit=unit)
            assert isinstance(result, Placed)
            assert result.span.exact == normalise(quote).text


def test_a_span_with_other_words_says_what_stands_there() -> None:
    good, bad = Mark("r2", 0, 4, exact="Here"), Mark("r1", 5, 7, exact="was")
    result = results("Here it is.", bad, good)
    assert [each.span.exact for each in result if isinstance(each, Placed)] == ["Here"]
    assert [str(each.detail) for each in result if isinstance(each, Aside)] == ["At 5 to 7 stands “it”, not “was”."]


def test_places_that_are_none() -> None:
    marks = [Mark("m", *place) for place in ((-1, 2), (0, 99), (3, 3), (5, 3), (0, 2**80), (None, 3), (1, 2))]
    result = results("a🚒 b", *marks, unit=Unit.UTF16)
    assert [str(each.detail) for each in result if isinstance(each, Aside)] == [
        "There is no place -1 in this text, or it lies inside a character.",
        "There is no place 99 in this text, or it lies inside a character.",
        "The span 2 to 2 is empty; its end must come after its start.",
        "The span 4 to 2 is empty; its end must come after its start.",
        f"There is no place {2**80} in this text, or it lies inside a character.",
        "It has neither a place nor a quote.",
        "There is no place 2 in this text, or it lies inside a character.",
    ]


def test_one_span_by_several_people_is_one_claim() -> None:
    marks = [Mark("a", 0, 4, said=(Said("ann", "fact"),)), Mark("b", exact="Here", said=(Said("ben", "opinion"),))]
    [result] = results("Here it is.", *marks)
    assert isinstance(result, Placed)
    assert result.said == [Said("ann", "fact"), Said("ben", "opinion")]


def test_more_quotes_than_one_text_takes_are_told_one_by_one() -> None:
    quotes = [Mark(str(n), exact="Here") for n in range(MOST_QUOTES + 2)]
    result = results("Here it is.", *quotes)
    assert [each.item for each in result if isinstance(each, Aside)] == [str(MOST_QUOTES), str(MOST_QUOTES + 1)]


def test_more_spans_than_one_text_takes_are_told() -> None:
    result = results("Here it is.", *[Mark("a", 0, 4)] * (MOST_MARKS + 1))
    assert [str(each.detail) for each in result if isinstance(each, Aside)] == [
        "One text takes 20000 spans at once: what is beyond of these 20001 is left aside."
    ]
