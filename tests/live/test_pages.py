"""Home, overview and log: the numbers, the next step of each role, and that nothing of them tells of others' labels."""

import re
from collections.abc import Callable

import pytest

from annotations.audit.models import Event
from annotations.claims.models import Claim
from annotations.claims.services import dismiss_claim
from annotations.labelling.services import hand_in
from annotations.projects.services import invite
from annotations.verification.moves import move_claim
from tests.factories.claims import (
    ARABIC,
    FACT,
    OPINION,
    QUOTE,
    Desk,
    closed,
    desk,
    disputed,
    draft,
    evidence,
    fact,
    label,
    opened,
    proposal,
    verified,
)
from tests.factories.releases import requested
from tests.personas import Person

pytestmark = pytest.mark.django_db
PROJECT = "/projects/desk/"
LOG = "/projects/desk/log/"
TOKEN = re.compile(r'(?<=name="csrfmiddlewaretoken" value=")[^"]+')


@pytest.fixture
def at() -> Desk:
    return desk()


def page(at: Desk, name: str, path: str, *, want: int = 200) -> str:
    """The page as this person sees it, its tokens masked."""
    answer = Person(at.people[name]).browser.get(path)
    assert answer.status_code == want
    return TOKEN.sub("…", answer.content.decode())


def words(text: str) -> str:
    """The text of a page without its tags, in one line."""
    return " ".join(re.sub(r"<[^>]+>", " ", text.split("<main", 1)[-1]).split())


def rows(text: str) -> list[str]:
    """The rows of the page's table in words."""
    return [words(row) for row in re.findall(r"<tr>(.*?)</tr>", text.split("<tbody>", 1)[-1], re.DOTALL)]


def test_home_begins_with_the_one_next_step(at: Desk) -> None:
    newcomer = Person.new("zoe").browser.get("/").content.decode()
    assert "Begin a project" in newcomer and "<table" not in newcomer


def test_home_counts_what_waits_for_me_alone(at: Desk) -> None:
    claims = opened(at, FACT, QUOTE, OPINION)
    label(at, claims[0], ben="opinion", cleo="opinion")
    assert "The desk reviewer 2 0 of 3" in words(page(at, "ben", "/"))
    label(at, claims[1], ben="opinion")
    label(at, claims[2], ben="opinion")
    assert "The desk reviewer hand in 0 of 3" in words(page(at, "ben", "/"))
    hand_in(at.ben, article_id=claims[0].article_id)
    assert "The desk reviewer – 0 of 3" in words(page(at, "ben", "/"))
    assert "The desk viewer – no claims yet" in words(page(at, "vic", "/"))


def test_nobody_sees_projects_of_others(at: Desk) -> None:
    stranger = Person.new("zoe").browser
    assert "The desk" not in stranger.get("/").content.decode()
    assert stranger.get(PROJECT).status_code == stranger.get(LOG).status_code == 404


NEXT: list[tuple[str, Callable[[Desk], object], str, str]] = [
    ("ann", lambda at: None, "Add the first article", ""),
    ("ann", draft, "1 draft: check its units, then open it", "Add the first article"),
    ("ben", draft, "Nothing at the moment", "draft:"),
    ("ben", opened, "Label 5 claims", "open for labelling Who"),
    ("dora", opened, "5 claims are open for labelling Who labels a claim does not decide it.", "Label 5"),
    ("vic", opened, "Nothing at the moment", "Label"),
    ("dora", disputed, "1 disputed claim waits for a decision", "approval"),
    ("ben", disputed, "Nothing at the moment", "decision"),
    ("ben", fact, "1 claim waits for sources and a verdict", "decision"),
    ("ann", verified, "1 verified claim can be released", "sources"),
    ("dora", verified, "Nothing at the moment", "released"),
]


@pytest.mark.parametrize(("name", "work", "step", "never"), NEXT)
def test_each_role_sees_its_own_next_step(
    at: Desk, name: str, work: Callable[[Desk], object], step: str, never: str
) -> None:
    work(at)
    waits = words(page(at, name, PROJECT)).partition("What waits for you")[2].partition("Claims")[0]
    assert step in waits and (not never or never not in waits)


def test_four_eyes_hold_in_the_next_step(at: Desk) -> None:
    claim = closed(at, ben="verifiable_fact", dora="opinion")
    assert "waits for a decision" not in page(at, "dora", PROJECT)
    assert "1 disputed claim waits for a decision" in page(at, "eve", PROJECT)
    evidence(at, checked := fact(at, QUOTE), by="dora")
    proposal(at, checked, by="dora")
    assert "waits for approval" not in page(at, "dora", PROJECT)
    assert "1 verdict waits for approval" in page(at, "eve", PROJECT)
    assert claim.status == "disputed"


def test_claims_are_counted_and_listed_by_status_and_label(at: Desk) -> None:
    verified(at)
    opinion = closed(at, OPINION, ben="opinion", cleo="opinion")
    opened(at, ARABIC, QUOTE)
    overview = page(at, "ben", PROJECT)
    assert re.findall(r'<rect class="part part--(\w+)" x="([\d.]+)%" width="([\d.]+)%"', overview) == [
        ("labelling", "0.0", "50.0"),
        ("closed", "50.0", "25.0"),
        ("verified", "75.0", "25.0"),
    ]
    assert "labelling 2" in words(overview) and "closed 1" in words(overview) and "verified 1" in words(overview)
    listed = page(at, "ben", f"{PROJECT}?label=opinion&status=")
    [row] = rows(listed.partition('id="articles"')[0])
    assert OPINION in row and "opinion closed" in row and str(opinion.pk) in listed
    assert len(rows(page(at, "ben", f"{PROJECT}?status=labelling").partition('id="articles"')[0])) == 2
    assert "No claim fits" in page(at, "ben", f"{PROJECT}?status=labelling&label=opinion")
    assert "No claim fits" in page(at, "ben", f"{PROJECT}?status=nonsense")
    viewers = words(page(at, "vic", PROJECT))
    assert "labelling" not in viewers.partition("Articles")[0] and "closed 1" in viewers


def test_many_claims_come_a_page_at_a_time(at: Desk) -> None:
    opened(at, *(f"The bridge number {number} fell." for number in range(53)))
    first, second = (page(at, "ben", f"{PROJECT}?status=labelling&page={number}") for number in (1, 2))
    assert "page 1 of 2" in first and "page 2 of 2" in second
    assert "number 49 fell" in first and "number 50 fell" not in first and "number 52 fell" in second


def test_managers_see_progress_of_labelling_only_without_a_label_of_their_own(at: Desk) -> None:
    claims = opened(at, FACT, QUOTE)
    label(at, claims[0], ben="opinion")
    hand_in(at.ben, article_id=claims[0].article_id, partial=True)
    assert "1 of 4" in page(at, "ann", PROJECT)
    assert "Labels handed in" not in page(at, "dora", PROJECT) + page(at, "ben", PROJECT)
    label(at, claims[1], ann="opinion")
    assert "Labels handed in" not in page(at, "ann", PROJECT)


@pytest.mark.parametrize("path", ["/", PROJECT, f"{PROJECT}?status=labelling", LOG, f"{LOG}?verb=label.saved"])
def test_not_a_byte_tells_of_others_labels_on_open_claims(at: Desk, path: str) -> None:
    claims = opened(at)
    label(at, claims[0], ben="opinion")
    before = page(at, "ben", path)
    label(at, claims[0], cleo="verifiable_fact")
    label(at, claims[1], cleo="opinion")
    label(at, claims[1], cleo="unsure")
    hand_in(at.cleo, article_id=claims[0].article_id, partial=True)
    evidence(at, claims[2], by="cleo")
    assert page(at, "ben", path) == before
    assert not any("saved a label" in row for row in rows(page(at, "dora", LOG)))


def test_the_log_tells_who_did_what_from_what_to_what(at: Desk) -> None:
    claim = disputed(at)
    mine = rows(page(at, "ben", LOG))
    assert re.search(r"^[\d:]+ cleo ended labelling of an article 1 claim The bridge$", mine[0])
    assert re.search(
        r"^[\d:]+ cleo ended labelling of a claim labelling → disputed The bridge",
        mine[1],
    )
    assert any(re.search(r" ben saved a label verifiable fact The bridge", row) for row in mine)
    assert any(re.search(r" ann opened an article for labelling 1 claim The bridge$", row) for row in mine)
    assert any(" ann added a member “" in row or " ann added a member ben reviewer" in row for row in mine)
    assert f"/claims/{claim.pk}/" in page(at, "ben", LOG)


def test_releases_and_invitations_are_told_to_those_who_make_them(at: Desk) -> None:
    verified(at)
    requested(at)
    invite(at.ann, slug="desk", role="viewer")
    told = "asked for a release", "made an invitation"
    assert all(any(words in row for row in rows(page(at, "ann", LOG))) for words in told)
    for name in ("dora", "ben", "vic"):
        assert not any(words in row for row in rows(page(at, name, LOG)) for words in told)


def test_a_claim_that_is_voided_while_open_tells_nobody_who_handed_in(at: Desk) -> None:
    claim, other = opened(at, FACT, QUOTE)
    label(at, claim, ben="opinion")
    hand_in(at.ben, article_id=claim.article_id, partial=True)
    for one in (claim, other):
        move_claim(at.ann, claim_id=one.pk, to="void", reason="No claim.")
    assert any("handed in a label" in row for row in rows(page(at, "ben", LOG)))
    assert not any("handed in" in row for row in rows(page(at, "cleo", LOG)))


def test_the_log_is_filtered_by_url(at: Desk) -> None:
    claim = disputed(at)
    other = opened(at, OPINION)[0]
    assert len(rows(page(at, "ben", f"{LOG}?verb=member.added"))) == 5
    assert {row.split()[1] for row in rows(page(at, "ben", f"{LOG}?who=CLEO"))} == {"cleo"}
    of_article = page(at, "ben", f"{LOG}?article={claim.article_id}")
    assert str(claim.pk) in of_article and str(other.pk) not in of_article
    assert "Only this article" in of_article
    for nonsense in ("verb=drop.table", "article=1", "who=nobody", "before=1"):
        assert "Nothing fits this filter" in page(at, "ben", f"{LOG}?{nonsense}")


def test_the_log_goes_on_page_by_page_without_gap_or_double(at: Desk) -> None:
    opened(at, *(f"The bridge number {number} fell." for number in range(120)))
    seen, path = [], LOG
    while path:
        text = page(at, "ann", path)
        seen += rows(text)
        older = re.search(r'href="(\?[^"]+)">Older entries', text)
        path = LOG + older[1].replace("&amp;", "&") if older else ""
    assert len(seen) == Event.objects.filter(project=at.project).count()
    assert seen[-1].split(" ", 1)[1].startswith("ann began the project")


def test_viewers_read_only_of_closed_work(at: Desk) -> None:
    claim, open_claim = fact(at), opened(at, QUOTE, title="The ferry")[0]
    text = page(at, "vic", LOG)
    assert f"/claims/{claim.pk}/" in text
    assert str(open_claim.pk) not in text and "The ferry" not in text


def test_what_was_dismissed_is_told_without_a_link(at: Desk) -> None:
    article = draft(at, FACT, QUOTE)
    gone = Claim.objects.get(article=article, exact=QUOTE)
    dismiss_claim(at.ann, claim_id=gone.pk)
    text = page(at, "ann", f"{LOG}?verb=claim.dismissed")
    assert "It was bound to happen" in text and str(gone.pk) not in text
