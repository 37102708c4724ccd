"""Searching a project through the API and on its page."""

from typing import Any
from urllib.parse import urlencode

import pytest

from annotations.claims.services import add_claims
from annotations.verification.services import add_evidence
from annotations.verification.sourcing import add_source
from tests.factories.claims import ARABIC, Desk, closed, desk, draft, fact, opened
from tests.personas import Person
from tests.verification.pages import main, read, words


@pytest.fixture
def at(db: None) -> Desk:
    return desk()


def results(at: Desk, q: str, name: str = "ben", **more: Any) -> list[Any]:
    found = Person(at.people[name]).api("GET", f"projects/desk/search/?{urlencode({'q': q, **more})}")
    return list(found["results"])


def plain(pieces: list[dict[str, Any]]) -> str:
    return "".join(piece["text"] for piece in pieces)


def titles(at: Desk, q: str, name: str = "ben", **more: Any) -> list[str]:
    return [f"{one['kind']}: {plain(one['title'])}" for one in results(at, q, name, **more)]


def test_claims_articles_and_sources_are_found_with_the_hit_marked(at: Desk) -> None:
    fact(at, "The Bridge at Kalda fell.")
    add_source(
        at.ben, slug="desk", url="https://records.example/kalda", title="Register", publisher="Kalda Bridges Ltd"
    )
    claim, article, source = results(at, "kalda bridge")
    assert [one["kind"] for one in (claim, article, source)] == ["claim", "article", "source"]
    assert [piece["text"] for piece in claim["title"] if piece["hit"]] == ["Bridge", "Kalda"]
    assert claim["status"] == "agreed" and claim["article"] == article["id"]
    assert plain(article["title"]) == "The bridge" and "Bridge at Kalda fell." in plain(article["excerpt"])
    assert [piece["text"] for piece in source["excerpt"] if piece["hit"]] == ["Kalda", "Bridge", "kalda"]


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("Réna Orlu’s house cost £4,000 (50% more).", ["rena", "RÉNA", "orl", "rlu’s", "4,000", "50%", "house cost"]),
        (ARABIC, ["الجسر", "الجسر فحص", "جس", "لجسر"]),
        ("وصل الأميرُ أمسِ.", ["الامير", "الأمير", "امس"]),
        ("昨日、カルダ大橋が崩落した。", ["大橋", "橋", "カルダ"]),
        ("칼다의 다리가 무너졌다.", ["다리", "칼다", "무너"]),
        ("Der Fluß stieg, ø 3 m_x.", ["fluss", "m_x", "stie", "Ø 3"]),
    ],
)
def test_every_script_and_parts_of_words(at: Desk, text: str, queries: list[str]) -> None:
    fact(at, text)
    fact(at, "Nothing of the kind.")
    for query in queries:
        assert titles(at, query, kind="claim") == ([f"claim: {text}"] if query != "جس" else []), query


def test_every_word_has_to_be_there_and_beginnings_come_first(at: Desk) -> None:
    for text in ("A train left.", "It rained.", "It was trained."):
        fact(at, text)
    assert titles(at, "rain", kind="claim") == ["claim: It rained.", "claim: It was trained.", "claim: A train left."]
    assert titles(at, "rain was")[0] == "claim: It was trained."
    assert titles(at, "rain never") == []
    assert titles(at, "ra", kind="claim") == ["claim: It rained."]


def test_nothing_is_found_that_may_not_be_seen(at: Desk) -> None:
    opened(at, "An open secret.")
    hidden = draft(at, "A secret draft.", title="Secret plans")
    closed(at, "A closed secret.", ben="opinion", cleo="opinion")
    [claim] = opened(at, "Another claim.")
    add_evidence(
        at.ben, claim_id=claim.pk, aspect="content", stance="supports", tier="primary", url="https://secret.example/"
    )
    viewer = titles(at, "secret", "vic")
    assert [one for one in viewer if one.startswith("claim")] == ["claim: A closed secret."]
    assert not any("plans" in one or "example" in one for one in viewer)
    assert "source: https://secret.example/" in titles(at, "secret")
    assert not any("example" in one for one in titles(at, "secret", "cleo"))
    assert "article: Secret plans" in titles(at, "secret", "cleo") and hidden
    Person.new("zoe").api("GET", "projects/desk/search/?q=secret", want=404)


def test_pages_follow_each_other_across_kinds(at: Desk) -> None:
    for number in range(3):
        fact(at, f"Number {number} rained, or so they say.")
        add_source(at.ben, slug="desk", title=f"Rain record {number}")
    fact(at, "They trained.")
    whole = titles(at, "rain")
    assert len(whole) == 3 + 1 + 3 + 1 + 3
    ben, path, found, back = Person(at.ben), "projects/desk/search/?q=rain&limit=2", [], ""
    while path:
        page = ben.api("GET", path)
        found += [f"{one['kind']}: {plain(one['title'])}" for one in page["results"]]
        back, path = page["previous"], (page["next"] or "").partition("/api/v1/")[2]
    assert found == whole
    before = ben.api("GET", back.partition("/api/v1/")[2])
    assert [f"{one['kind']}: {plain(one['title'])}" for one in before["results"]] == whole[-3:-1]


def test_a_query_without_a_word_is_refused(at: Desk) -> None:
    for query in ("", "%20", "...", "x" * 201):
        errors = Person(at.ben).api("GET", f"projects/desk/search/?q={query}", want=400)["errors"]
        assert errors["q"]
    assert Person(at.ben).api("GET", "projects/desk/search/?q=x&kind=people", want=400)["errors"]["kind"]
    assert "Type a word" in read(at, "/projects/desk/search/")
    assert "no word in this" in words(read(at, "/projects/desk/search/?q=%25"))
    assert "Nothing that you may see" in words(read(at, "/projects/desk/search/?q=zebra&kind=people"))


@pytest.mark.parametrize("query", ["'", "a'b", "a\\", "\\'", "don’t:*", "a & !b | (c", "²", "%_\\", "<->", "a:b*"])
def test_no_query_breaks(at: Desk, query: str) -> None:
    fact(at, r"It is a'b \ %_ and don’t.")
    answer = Person(at.ben).send("GET", f"projects/desk/search/?{urlencode({'q': query})}")
    assert answer.status_code in (200, 400)


def test_the_page_groups_what_it_found_and_draws_text_as_text(at: Desk) -> None:
    text = "Rain & <b>rain</b> fell."
    article = draft(at, text, *(f"Rain fell on day {number}." for number in range(7)))
    add_claims(at.ann, article_id=article.pk, wanted=[{"start": 0, "end": 6}])
    page = main(read(at, "/projects/desk/search/?q=rain"))
    assert words(page).count("Rain fell on day") >= 5 and "All claims that fit" in page and "All articles" not in page
    whole = main(read(at, "/projects/desk/search/?q=rain&kind=claim"))
    assert "<mark>Rain</mark> &amp; &lt;b&gt;<mark>rain</mark>&lt;/b&gt; fell." in whole
    assert 'Claims <span class="muted num">8</span>' in whole and "Everything that fits" in whole
    assert 'name="q" value="rain"' in read(at, "/projects/desk/search/?q=rain")


def test_a_very_long_text_is_searched_to_its_end(at: Desk) -> None:
    words_of = " ".join(f"word{number}" for number in range(40_000))
    draft(at, "The beginning.", words_of + " needle", title="Long")
    [one] = results(at, "needle", kind="article")
    assert [piece["text"] for piece in one["excerpt"] if piece["hit"]] == ["needle"]
