"""Who checks a claim, how urgent, by when: through the API, on the claim's page and in the list."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotations.claims.models import Claim
from annotations.notifications.models import Notification
from annotations.projects.services import remove_member
from tests.factories.claims import Desk, closed, disputed, fact, fresh, opened, verified
from tests.personas import Person
from tests.verification.pages import main, path_of, post, read, section

TODAY = timezone.localdate()


def plan(at: Desk, claim: Claim, name: str, version: int, *, want: int = 200, **changes: Any) -> Any:
    path = f"claims/{claim.pk}/plan/"
    return Person(at.people[name]).api("PATCH", path, changes, want=want, if_match=f'"{version}"')


def test_an_adjudicator_plans_for_anybody_who_may_research(at: Desk) -> None:
    claim = fact(at)
    empty = {"assignee": None, "priority": "normal", "due_on": None, "version": 0}
    assert Person(at.vic).api("GET", f"claims/{claim.pk}/plan/") == empty
    planned = plan(at, claim, "dora", 0, assignee="ben", priority="high", due_on="2026-12-01")
    assert planned == {"assignee": "ben", "priority": "high", "due_on": "2026-12-01", "version": 1}
    assert plan(at, claim, "dora", 1, due_on=None)["due_on"] is None
    assert plan(at, claim, "dora", 2, priority="high")["version"] == 2
    assert [(n.kind, n.recipient.username) for n in Notification.objects.all()] == [("assigned", "ben")]
    for nobody in ("vic", "zoe"):
        assert plan(at, claim, "ann", 2, assignee=nobody, want=400)["errors"]["assignee"]
    assert plan(at, claim, "ann", 1, priority="low", want=412)["current"]["priority"] == "high"
    log = Person(at.vic).api("GET", "projects/desk/events/?limit=2")["results"]
    assert [one["verb"] for one in log] == ["claim.planned"] * 2
    assert log[0]["data"] == {"before": {"due_on": "2026-12-01"}, "after": {"due_on": None}}
    assert fresh(claim).version == claim.version


def test_a_reviewer_takes_a_claim_for_themself_and_gives_it_back(at: Desk) -> None:
    claim = fact(at)
    plan(at, claim, "ben", 0, assignee="cleo", want=403)
    plan(at, claim, "ben", 0, assignee="ben", priority="high", want=403)
    assert plan(at, claim, "ben", 0, assignee="ben")["assignee"] == "ben"
    plan(at, claim, "cleo", 1, assignee="cleo", want=403)
    plan(at, claim, "cleo", 1, assignee=None, want=403)
    assert plan(at, claim, "ben", 1, assignee=None)["assignee"] is None
    assert not Notification.objects.exists()
    plan(at, claim, "vic", 2, assignee="vic", want=403)


def test_there_is_nothing_to_plan_before_labelling_has_closed_or_where_all_is_over(at: Desk) -> None:
    [claim] = opened(at, "It rained.")
    for one in (claim, closed(at, ben="opinion", cleo="opinion")):
        plan(at, one, "dora", 0, priority="high", want=409)
        assert 'id="plan"' not in read(at, path_of(one))
    Person(at.vic).api("GET", f"claims/{claim.pk}/plan/", want=404)


def test_the_page_plans_takes_and_gives_back(at: Desk) -> None:
    claim = fact(at)
    assert "I check it" in section(read(at, path_of(claim)), "plan")
    assert "I check it" not in section(read(at, path_of(claim), "vic"), "plan")
    assert "Give it back" in section(post(at, path_of(claim, "take/"), take="1", version=0), "plan")
    late = section(post(at, path_of(claim, "take/"), "cleo", take="1", version=0, want=412), "plan")
    assert "otherwise meanwhile" in late and "Checked by ben" in late
    post(at, path_of(claim, "take/"), "cleo", take="1", version=1, want=403)
    typed = {"assignee": "cleo", "priority": "high", "due_on": str(TODAY - timedelta(days=1))}
    stale = post(at, path_of(claim, "plan/"), "dora", version=0, want=412, **typed)
    assert "otherwise meanwhile" in stale and 'value="cleo" selected' in stale
    saved = section(post(at, path_of(claim, "plan/"), "dora", version=1, **typed), "plan")
    assert "cleo" in saved and "high" in saved and "overdue" in saved
    assert "choose" in post(at, path_of(claim, "plan/"), "dora", version=2, want=400, priority="never").lower()
    post(at, path_of(claim, "take/"), "cleo", want=400)
    assert "nobody yet" in section(post(at, path_of(claim, "take/"), "cleo", version=2), "plan")


def test_who_left_still_stands_there_and_can_be_replaced(at: Desk) -> None:
    claim = fact(at)
    plan(at, claim, "dora", 0, assignee="ben")
    remove_member(at.ann, slug="desk", username="ben")
    again = section(post(at, path_of(claim, "plan/"), "dora", version=1, assignee="ben", priority="low"), "plan")
    assert "ben" in again and "low" in again


def listed(at: Desk, query: str, name: str = "ben") -> list[str]:
    page = main(read(at, f"/projects/desk/checking/?{query}", name))
    return re.findall(r'<th scope="row"><a class="quoted"[^>]*>([^<]+)</a>', page)


def test_the_list_is_narrowed_and_sorted_by_plans(at: Desk) -> None:
    late, soon = (fact(at, quote) for quote in ("Late.", "Soon."))
    done = verified(at, fact(at, "Done."))
    disputed(at, "Unplanned.")
    plan(at, late, "dora", 0, assignee="ben", priority="low", due_on=str(TODAY - timedelta(days=1)))
    plan(at, soon, "dora", 0, assignee="cleo", priority="high", due_on=str(TODAY))
    plan(at, done, "dora", 0, due_on=str(TODAY - timedelta(days=9)))
    assert listed(at, "who=mine") == ["Late."] and listed(at, "who=mine", "cleo") == ["Soon."]
    assert listed(at, "who=nobody") == ["Unplanned."]
    assert listed(at, "priority=high") == ["Soon."] and listed(at, "priority=normal") == ["Unplanned."]
    assert listed(at, "due=overdue") == ["Late."]
    assert listed(at, "sort=priority") == ["Late.", "Unplanned.", "Soon."]
    assert listed(at, "sort=-priority") == ["Soon.", "Unplanned.", "Late."]
    assert listed(at, "sort=due") == ["Late.", "Soon.", "Unplanned."]
    assert listed(at, "sort=assignee") == ["Late.", "Soon.", "Unplanned."]
    assert read(at, "/projects/desk/checking/?status=all").count("overdue</span>") == 1
