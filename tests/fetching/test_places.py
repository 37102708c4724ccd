"""Addresses of one place have one key; others never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.fetching.places import host, place

WORDS = st.text("abcdefgxyz019-", min_size=1, max_size=8)
HOSTS = st.lists(WORDS, min_size=2, max_size=3).map(lambda names: ".".join(["h" + name for name in names]))
PATHS = st.lists(WORDS, max_size=3).map(lambda names: "".join(f"/{name}" for name in names))
NAMES = WORDS.map(lambda word: f"q{word}")
QUERIES = st.lists(st.tuples(NAMES, WORDS), max_size=3).map(lambda pairs: [f"{name}={value}" for name, value in pairs])
TRACKERS = st.sampled_from(
    ["utm_source=x", "UTM_Medium=mail", "fbclid=1", "gclid=2", "mc_cid=3", "mc_eid=4", "igshid=5", "ref_src=twsrc"]
)


@st.composite
def dressed(draw: st.DrawFn) -> tuple[str, str]:
    """A plain address, and the same place as somebody copied it."""
    site, path, query = draw(HOSTS), draw(PATHS), draw(QUERIES)
    plain = f"https://{site}{path}" + (f"?{'&'.join(query)}" if query else "")
    name = draw(st.sampled_from([site, site.upper(), f"www.{site}", f"WWW.{site}"]))
    port = draw(st.sampled_from(["", ":80", ":443"]))
    pieces = list(query)
    for tracker in draw(st.lists(TRACKERS, max_size=3)):
        pieces.insert(draw(st.integers(0, len(pieces))), tracker)
    end = draw(st.sampled_from(["", "/"])) + (f"?{'&'.join(pieces)}" if pieces else "")
    copied = f"{draw(st.sampled_from(['http', 'https', 'HTTPS']))}://{name}{port}{path}{end}"
    return plain, copied + draw(st.sampled_from(["", "#top", "#:~:text=fell"]))


@given(dressed())
def test_what_is_put_around_an_address_makes_no_difference(pair: tuple[str, str]) -> None:
    plain, copied = pair
    assert place(copied) == place(plain)
    assert host(copied) == host(plain)


@given(dressed())
def test_the_key_of_a_key_is_itself(pair: tuple[str, str]) -> None:
    assert place(place(pair[1])) == place(pair[1])


@given(HOSTS, PATHS, PATHS, QUERIES, QUERIES)
def test_other_places_have_other_keys(site: str, path: str, other: str, query: list[str], more: list[str]) -> None:
    first, second = f"https://{site}{path}?{'&'.join(query)}", f"https://{site}{other}?{'&'.join(more)}"
    assert (place(first) == place(second)) == ((path, query) == (other, more))


@given(st.text())
def test_anything_can_be_asked(text: str) -> None:
    assert isinstance(place(text), str)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org:8080/", "https://example.org/"),
        ("https://www.com/", "https://com/"),
        ("ftp://example.org/a", "https://example.org/a"),
        ("https://example.org/a?ref=b", "https://example.org/a"),
    ],
)
def test_what_differs_stays_apart(first: str, second: str) -> None:
    assert place(first) != place(second)
