"""Brings a kept file in, an article at a time: what is good stays, what is not is named in the job.

A worker that dies leaves whole articles and claims; the next attempt finds them and goes on.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext, override

from annotations.articles.models import Article
from annotations.articles.queries import article_for
from annotations.audit.services import record
from annotations.claims.services import add_claims, import_and_propose
from annotations.errors import WorkbenchError, WrongState
from annotations.importing.formats import RELEASE
from annotations.importing.models import Import
from annotations.importing.outside import Aside
from annotations.importing.planning import ArticleStep, Planner, Step
from annotations.importing.queries import content_of
from annotations.importing.services import importer, read, unpacked
from annotations.importing.tallying import Tally
from annotations.jobs.models import Job
from annotations.jobs.services import advance, fail, finish, tell_errors
from annotations.labelling.outside import keep_outside_labels
from annotations.messages import gettext as _
from annotations.releases.restoring import restore_release
from annotations.verification.sourcing import add_source

AT_ONCE = 500  # claims in one transaction


class Stopped(Exception):
    """The job was cancelled, or another worker has taken it over."""


def run(job: Job) -> None:
    """Do the work of a job and end it."""
    found = Import.objects.select_related("project", "created_by").get(job=job)
    with override("en"):
        try:
            _bring_in(job, found)
        except Stopped:
            return
        except WorkbenchError as error:
            fail(job, error.detail, item=found.file_name)


def _bring_in(job: Job, found: Import) -> None:
    actor, slug, body = job.requested_by, found.project.slug, content_of(found)
    if found.form == RELEASE:
        with unpacked(body) as folder, transaction.atomic():
            Job.objects.select_for_update(no_key=True).get(pk=job.pk)  # the order of locks: job, project
            release = restore_release(actor, slug=slug, folder=folder)
            _end(job, release=str(release.pk))
        return
    importer(actor, slug)
    reads = list(read(body, found.form, found.unit))
    planner = Planner(actor, found.project, found.names)
    maker = _Maker(job, found, planner.tally, len(reads))
    for each in reads:
        for step in planner.steps([each]):
            maker.make(step)
        maker.next()
    left = [*planner.tally.told(), *planner.tally.notes()]
    counts = planner.tally.counts(found.names)
    with transaction.atomic():
        tell_errors(job, [{"item": each.item, "detail": str(each.detail)} for each in left])
        _end(job, **{"import": str(found.pk), "format": found.form, **counts})
        # What its labels say is nothing for the log: everybody reads that.
        told: dict[str, Any] = {"format": found.form, "file": found.file_name, "sha256": found.sha256, "blind": False}
        made: dict[str, Any] = {name: value for name, value in counts.items() if isinstance(value, int)}
        record(actor, "import.done", found, project=found.project_id, **told, **made)


class _Maker:
    """Makes what steps say; what is refused is counted as left aside."""

    def __init__(self, job: Job, found: Import, tally: Tally, total: int) -> None:
        self.job, self.slug, self.origin, self.tally = job, found.project.slug, found.form, tally
        self.done, self.total = 0, total

    def next(self) -> None:
        """One more of the things read is done."""
        self.done += 1
        self._tell()

    def make(self, step: Step) -> None:
        """Make the article or the source of a step."""
        if isinstance(step, ArticleStep):
            self._article(step)
            return
        try:
            add_source(self.job.requested_by, slug=self.slug, **step.known)
        except WorkbenchError as error:
            self.tally.sources -= 1
            self._aside(step.item, error)

    def _article(self, step: ArticleStep) -> None:
        actor, article = self.job.requested_by, step.article
        try:
            if article is None:
                article = import_and_propose(actor, slug=self.slug, segment=False, text=step.text, **step.known)
        except WorkbenchError as error:
            self.tally.articles -= 1
            self.tally.claims -= len(step.claims)
            self._aside(step.item, error)
            return
        for start in range(0, len(step.claims), AT_ONCE):
            some = step.claims[start : start + AT_ONCE]
            try:
                self._add(article.pk, some)
            except WorkbenchError as error:
                self.tally.claims -= len(some)
                self._aside(step.item, error)
            self._tell()
        if step.said:
            keep_outside_labels(actor, article_id=article.pk, said=step.said, origin=self.origin)

    @transaction.atomic
    def _add(self, article_id: UUID, wanted: list[dict[str, Any]]) -> None:
        article = article_for(self.job.requested_by, article_id, lock=True)
        if article.status != Article.Status.DRAFT:
            raise WrongState(gettext("The article has been opened: its units are fixed."))
        add_claims(self.job.requested_by, article_id=article_id, wanted=wanted)

    def _aside(self, item: str, error: WorkbenchError) -> None:
        self.tally.aside(Aside(item, _("%(why)s", why=error.detail)))

    def _tell(self) -> None:
        if not advance(self.job, done=self.done, total=self.total):
            raise Stopped


def _end(job: Job, **result: Any) -> None:
    try:
        finish(job, **result)
    except WrongState:
        raise Stopped from None
