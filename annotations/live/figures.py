"""The figures of a project: closed work only, read through what the asker may see.

Nothing is stored. A page reads the counted labels of closed claims once; the one figure that costs, the interval of
alpha at each point of time, is bounded by `agreement.series` (26 points, 500 draws each, the project's own seed).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import TruncWeek

from annotations.accounts.models import User
from annotations.agreement.pairs import pair_table
from annotations.agreement.queries import Mark, closed_claims, counted_marks, ratings_from, seed_of
from annotations.agreement.ratings import CATEGORIES
from annotations.agreement.series import DRAWS, Series, alpha_over_time
from annotations.claims.models import LabelValue, Status
from annotations.claims.queries import visible_claims
from annotations.labelling.queries import visible_labels
from annotations.live.overview import WAY, Standing
from annotations.live.pictures import Bars, Heat, Plot, Weeks, bars, heat, plot, weekly
from annotations.projects.access import Action, may
from annotations.projects.models import Membership, Project

UNSETTLED = "unsettled"
WEEKS = 12
PEOPLE_DRAWN = 20


@dataclass(frozen=True)
class Labels:
    """How often each label was settled on, and how often reviewers gave it."""

    settled: Bars
    given: Mapping[str, int]

    @property
    def rows(self) -> list[tuple[str, int, int]]:
        """Label, claims that it was settled on, labels of reviewers; what is not settled comes last."""
        settled = {row.value: row.number for row in self.settled.rows}
        names = [*LabelValue.values, UNSETTLED]
        return [(name, settled.get(name, 0), self.given.get(name, 0)) for name in names]


@dataclass(frozen=True)
class Alpha:
    """Alpha over time, drawn; `draws` are those of the interval of every point but the last."""

    series: Series
    plot: Plot
    seed: int
    draws: int = DRAWS


@dataclass(frozen=True)
class Throughput:
    """Labels of each reviewer by the week they were saved in; the `drawn` are those who gave most."""

    drawn: Weeks
    everybody: Weeks


@dataclass(frozen=True)
class Figures:
    """All of it; `throughput` is None for those who may not see it."""

    standing: Bars
    labels: Labels
    alpha: Alpha | None
    heat: Heat
    throughput: Throughput | None


def figures_for(user: User, membership: Membership, standing: Standing) -> Figures:
    """What this member may see of the project in figures; `standing` is how its claims stand for them."""
    project = membership.project
    marks = counted_marks(project)
    table = pair_table(ratings_from(marks))
    return Figures(
        standing=bars({status.value: standing.counts.get(status, 0) for status in WAY}),
        labels=Labels(_settled(user, project), Counter(mark.label for mark in marks)),
        alpha=_alpha(project, marks),
        heat=heat(CATEGORIES, table.rows, table.total),
        throughput=_throughput(user, project) if may(membership.role, Action.SEE_THROUGHPUT) else None,
    )


def _settled(user: User, project: Project) -> Bars:
    """Closed claims by their settled label."""
    closed = visible_claims(user).filter(project=project, labelling_closed_at__isnull=False)
    rows = closed.exclude(status=Status.VOID).order_by().values_list("label").annotate(number=Count("pk"))
    found = dict(rows)
    return bars({**{value: found.get(value, 0) for value in LabelValue.values}, UNSETTLED: found.get(None, 0)})


def _alpha(project: Project, marks: list[Mark]) -> Alpha | None:
    seed = seed_of(project)
    series = alpha_over_time(closed_claims(marks), seed=seed)
    return Alpha(series, plot(series.points), seed) if series.points else None


def _throughput(user: User, project: Project) -> Throughput:
    """Counted labels on closed claims, by who gave them and the week (from Monday, UTC) in which they were saved."""
    labels = visible_labels(user).filter(claim__project=project, claim__labelling_closed_at__isnull=False)
    rows = (
        labels.filter(counted__isnull=False)
        .exclude(claim__status=Status.VOID)
        .order_by()
        .annotate(week=TruncWeek("counted__created_at"))
        .values_list("reviewer__username", "week")
        .annotate(number=Count("pk"))
    )
    counts: dict[str, dict[date, int]] = defaultdict(dict)
    for name, week, number in rows:
        counts[name][week.date()] = number
    weeks = _latest({week for numbers in counts.values() for week in numbers})
    everybody = weekly(counts, weeks)
    drawn = {worker.name: counts[worker.name] for worker in everybody.workers[:PEOPLE_DRAWN]}
    return Throughput(weekly(drawn, weeks), everybody)


def _latest(weeks: set[date]) -> list[date]:
    """The weeks up to the latest one with a label, those without one among them."""
    return [max(weeks) - timedelta(weeks=ago) for ago in reversed(range(WEEKS))] if weeks else []
