"""The page of agreement: figures first, reasons where there are none, nothing of open claims."""

import re

import pytest

from annotations.codebooks.services import write_codebook
from annotations.labelling.services import close_article
from tests.factories.claims import Desk, desk, disputed, evidence, fact, label, opened, said
from tests.personas import Person

PAGE = "/projects/desk/agreement/"


def read(at: Desk, name: str = "ben", path: str = PAGE, want: int = 200) -> str:
    answer = Person(at.people[name]).browser.get(path)
    assert answer.status_code == want, answer.content.decode()
    return answer.content.decode()


def figure_of(page: str) -> str:
    """The text of the big figure."""
    [found] = re.findall(r'<p class="figure[^"]*">(.*?)</p>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found).split())


def rows(page: str) -> list[str]:
    """The texts of the table of articles, in order."""
    body = page.split('id="articles"')[1]
    return re.findall(r'<a href="/articles/[^"]+" dir="auto">([^<]+)</a>', body)


def labelled(at: Desk, patterns: list[str], title: str = "A report") -> None:
    words = {"A": "attributed_statement", "F": "verifiable_fact", "O": "opinion", "U": "unsure"}
    claims = opened(at, *(f"Sentence {number}." for number in range(len(patterns))), title=title)
    for claim, pattern in zip(claims, patterns, strict=True):
        label(at, claim, ben=words[pattern[0]], cleo=words[pattern[1]])
    close_article(at.ann, article_id=claims[0].article_id)


def test_an_empty_page_says_what_will_be_here(at: Desk) -> None:
    label(at, opened(at, "The bridge fell.")[0], ben="opinion", cleo="opinion")
    page = read(at)
    assert "There are none yet" in page
    assert "<svg" not in page.split("<main")[1]


def test_alpha_comes_first_with_its_interval_as_a_picture(at: Desk) -> None:
    labelled(at, ["AA", "FF", "OO", "AF", "FF", "OO", "AA", "AO"])
    page = read(at)
    assert re.fullmatch(r"0\.\d{3} 95 % interval -?\d\.\d{3} to \d\.\d{3}", figure_of(page))
    picture = page.split('class="scale"')[1].split("</svg>\n</svg>")[0]
    assert '<title id="alpha-chart-title">' in picture and '<desc id="alpha-chart-desc">' in picture
    assert "scale-interval" in picture and "0.667" in picture and "0.800" in picture
    for words in (
        "Percent agreement",
        "Gwet’s AC1",
        "Fleiss’ kappa",
        "Cohen’s kappa",
        "Scott’s pi",
        "Brennan and Prediger’s kappa",
        "seed",
    ):
        assert words in page
    assert "<bdi>ben</bdi> · <bdi>cleo</bdi>" in page
    assert "style=" not in page


def test_a_figure_that_is_not_defined_is_no_number(at: Desk) -> None:
    labelled(at, ["AA"] * 4)
    page = read(at)
    assert figure_of(page) == "undefined: all labels equal"
    assert page.count("undefined: label never used") >= 2
    assert not re.search(r"\b(nan|inf|None)\b", page.split("<main")[1])
    picture = page.split('class="scale"')[1].split("</svg>\n</svg>")[0]
    assert "scale-dot" not in picture and "undefined: all labels equal" in picture


def test_what_abstentions_leave_out_is_said_and_each_label_has_its_number(at: Desk) -> None:
    labelled(at, ["AA", "FF", "AF", "OO"])
    why = "an abstention (unsure, or not a claim) is missing data"
    assert why not in read(at)
    labelled(at, ["UA", "FF"], title="Another")
    page = read(at)
    assert why in page
    table = page.split('id="labels"')[1].split("<tbody>")[1].split("</tbody>")[0]
    assert re.findall(r'<td class="num">(\d+)</td></tr>', table) == ["3", "5", "2"]


def test_below_chance_the_scale_begins_at_minus_one(at: Desk) -> None:
    labelled(at, ["AF", "FA", "AF", "FA"])
    page = read(at)
    assert figure_of(page).startswith("-0.")
    assert 'text-anchor="middle">-1.0</text>' in page


def test_nothing_of_open_claims_moves_the_page(at: Desk) -> None:
    labelled(at, ["AA", "AF", "OO"])
    [claim] = opened(at, "The bridge fell.")
    worlds = [read(at, "cleo")]
    label(at, claim, ben="opinion")
    evidence(at, claim)
    worlds.append(read(at, "cleo"))
    label(at, claim, ben=said("verifiable_fact"))
    worlds.append(read(at, "cleo"))
    one, *others = [re.sub(r'csrfmiddlewaretoken" value="\w+"', "", world) for world in worlds]
    assert others == [one, one]


def test_articles_are_sorted_by_the_address(at: Desk) -> None:
    labelled(at, ["AF", "FA"], title="One")
    labelled(at, ["AA", "FF", "OO"], title="Other")
    labelled(at, ["AA"], title="Undefined")
    assert rows(read(at)) == ["One", "Other", "Undefined"]
    assert rows(read(at, path=f"{PAGE}?sort=-article")) == ["Undefined", "Other", "One"]
    assert rows(read(at, path=f"{PAGE}?sort=alpha")) == ["One", "Other", "Undefined"]
    assert rows(read(at, path=f"{PAGE}?sort=-alpha")) == ["Other", "One", "Undefined"]
    assert rows(read(at, path=f"{PAGE}?sort=-claims")) == ["Other", "One", "Undefined"]
    assert 'aria-sort="descending"><a href="?sort=alpha">' in read(at, path=f"{PAGE}?sort=-alpha")
    assert rows(read(at, path=f"{PAGE}?sort=nonsense&page=99")) == ["One", "Other", "Undefined"]


def test_codebook_versions_stand_apart(at: Desk) -> None:
    fact(at)
    assert "Each version of the codebook" not in read(at)
    write_codebook(at.ann, slug="desk", version="2.0.0", language="en", text="Anew.", rules=[])
    disputed(at)
    page = read(at)
    assert "several versions of the codebook" in page
    part = page.split('id="versions"')[1].split("</section>")[0]
    assert re.findall(r'<th scope="row">([\d.]+)</th>', part) == ["2.0.0", "1.0.0"]


@pytest.mark.parametrize("name", ["vic", "ben", "dora", "ann"])
def test_every_member_may_read_it(at: Desk, name: str) -> None:
    fact(at)
    assert "Krippendorff" in read(at, name)


def test_others_find_nothing(at: Desk) -> None:
    other = desk("other")
    other.vic.memberships.filter(project=at.project).delete()
    read(other, "vic", want=404)
    assert Person(None).browser.get(PAGE).status_code == 302
