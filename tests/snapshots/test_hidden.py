"""What somebody reads beside a claim that is open for labelling is theirs alone: no page, list or log moves by it."""

import pytest

from annotations.claims.models import Claim
from annotations.snapshots.models import Snapshot
from tests.architecture.asking import masked
from tests.factories.claims import Desk, desk, hand_in_all, label, opened
from tests.factories.web import Web, page
from tests.personas import Person
from tests.snapshots.conftest import work

pytestmark = pytest.mark.django_db
OTHERS = ("ann", "cleo", "dora", "vic")


@pytest.fixture
def at() -> Desk:
    return desk()


def paths(claim: Claim) -> list[str]:
    project = ("sources/", "sources/failures/", "stale/", "corrections/", "log/", "checking/", "search/?q=report", "")
    api = ("sources/", "sources/failures/", "events/", "search/?q=report")
    return [
        *(f"/projects/desk/{each}" for each in project),
        *(f"/api/v1/projects/desk/{each}" for each in api),
        f"/articles/{claim.article_id}/", f"/claims/{claim.pk}/", f"/api/v1/claims/{claim.pk}/",
        f"/api/v1/claims/{claim.pk}/evidence/", f"/api/v1/claims/{claim.pk}/likenesses/",
    ]  # fmt: skip


def seen(at: Desk, claim: Claim) -> dict[tuple[str, str], bytes]:
    """Everything that the others may open, byte for byte."""
    return {
        (name, path): masked(Person(at.people[name]).browser.get(path).content)
        for name in OTHERS
        for path in paths(claim)
    }


def test_nothing_that_others_see_moves(at: Desk, web: Web) -> None:
    web.pages["/report"] = page("A report on the bridge.", title="The report")
    [claim, *_] = opened(at)
    ben = Person(at.ben)
    before = seen(at, claim)
    for path in ("/report", "/gone"):
        begun = ben.browser.post(f"/claims/{claim.pk}/read/", {"url": web.url(path)})
        assert begun.status_code == 302
        assert work() == 1
        assert ben.browser.get(begun.url).status_code == 200
        assert ben.browser.post(f"/sources/{begun.url.split('/')[-2]}/fetch/").status_code == 302
        work()
    ben.api(
        "POST",
        f"claims/{claim.pk}/evidence/",
        {"url": web.url("/report"), "aspect": "content", "stance": "supports", "tier": "primary"},
        want=201,
    )
    assert seen(at, claim) == before
    for snapshot in Snapshot.objects.all():
        for name in OTHERS:
            other = Person(at.people[name])
            for path in (
                f"/snapshots/{snapshot.pk}/",
                f"/sources/{snapshot.source_id}/",
                f"/snapshots/{snapshot.pk}/warc",
            ):
                assert other.browser.get(f"/{path}").status_code == 404
            other.api("GET", f"snapshots/{snapshot.pk}/", want=404)


def test_when_labelling_has_closed_the_evidence_and_its_snapshots_are_seen(at: Desk, web: Web) -> None:
    web.pages["/report"] = page("A report on the bridge.", title="The report")
    [claim, *_] = opened(at)
    Person(at.ben).browser.post(f"/claims/{claim.pk}/read/", {"url": web.url("/report")})
    work()
    Person(at.ben).api(
        "POST",
        f"claims/{claim.pk}/evidence/",
        {"url": web.url("/report"), "aspect": "content", "stance": "supports", "tier": "primary"},
        want=201,
    )
    label(at, claim, ben="verifiable_fact", cleo="verifiable_fact")
    hand_in_all(at, claim, "ben", "cleo")
    cleo = Person(at.cleo)
    snapshot = Snapshot.objects.get()
    assert "A report on the bridge." in cleo.browser.get(f"/snapshots/{snapshot.pk}/").content.decode()
    events = cleo.api("GET", "projects/desk/events/?limit=200")["results"]
    assert {"snapshot.requested", "snapshot.fetched"} <= {event["verb"] for event in events}
