"""Where terms stand in a text, and the words around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.search.marking import BEFORE, excerpt, marked, pattern_of
from annotations.search.terms import inside_words, terms_of


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("bridge", "The Bridge at Kalda, bridges", ["Bridge", "bridge"]),
        ("orlu rena", "Réna Orlu", ["Réna", "Orlu"]),
        ("réna", "Rena ORLU", ["Rena"]),
        ("الجسر", "قال إنّ الجِسْرَ فُحص", ["الجِسْرَ"]),
        ("الامير", "وصل الأمير", ["الأمير"]),
        ("桥", "大桥塌了", ["桥"]),
        ("é", "e\u0301te", ["e\u0301", "e"]),
        ("100%", "up 100% or 1005", ["100%"]),
        ("🌉x", "🌉 🌉x", ["🌉x"]),
        ("street main", "Mainstreet", ["Main", "street"]),
    ],
)
def test_hits_stand_where_the_words_do(query: str, text: str, found: list[str]) -> None:
    pieces = marked(text, pattern_of(terms_of(query)))
    assert [piece.text for piece in pieces if piece.hit] == found
    assert "".join(piece.text for piece in pieces) == text


def test_an_excerpt_begins_and_ends_with_whole_words() -> None:
    text = "before it " * 50 + "the bridge " + "after that " * 50
    pieces = excerpt(text, pattern_of(["bridge"]))
    whole = "".join(piece.text for piece in pieces)
    assert whole.startswith("… ") and whole.endswith(" …") and [p.text for p in pieces if p.hit] == ["bridge"]
    assert set(whole.split()) == {"…", "before", "it", "the", "bridge", "after", "that"}
    assert excerpt("short", pattern_of(["nowhere"])) == [("short", False)]


texts = st.text(st.sampled_from("ab é桥ا\u064bجُ\n.🌉("), max_size=300)


@given(texts, st.text(st.sampled_from("abé桥اج%.(🌉 "), min_size=1, max_size=6))
def test_an_excerpt_is_a_piece_of_the_text_with_its_first_hit(text: str, query: str) -> None:
    terms = terms_of(query)
    if not terms:
        return
    pattern = pattern_of(terms)
    pieces = [piece for piece in excerpt(text, pattern) if piece.text not in ("… ", " …")]
    whole = "".join(piece.text for piece in pieces)
    assert whole in text
    first = pattern.search(text)
    assert any(piece.hit for piece in pieces) == bool(first)
    assert len(whole) < 3 * BEFORE + 200


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("  The  bridge, the bridge ", ["The", "bridge", "the"]),
        ("“quoted” (words)", ["quoted", "words"]),
        ("— ... %", []),
        ("", []),
        ("don’t", ["don’t"]),
        ("桥、水", ["桥", "水"]),
    ],
)
def test_terms_of_a_query(query: str, terms: list[str]) -> None:
    assert terms_of(query) == terms


def test_short_words_are_looked_for_at_beginnings_only() -> None:
    assert [inside_words(term) for term in ("of", "off", "桥", "ب", "한")] == [False, True, True, False, True]
