"""Asking for what another tool made to be brought in: looked at first, then a job; see `running`."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from annotations import storage
from annotations.accounts.models import User
from annotations.articles.normalisation import storable
from annotations.claims.units import Unit
from annotations.errors import InvalidInput, TooLarge, WrongState
from annotations.importing import zips
from annotations.importing.formats import READERS, RELEASE, detected
from annotations.importing.models import Import
from annotations.importing.naming import OURS
from annotations.importing.outside import Read, Unreadable, in_unit
from annotations.importing.planning import ArticleStep, Planner
from annotations.importing.queries import import_for
from annotations.jobs.models import Job
from annotations.jobs.services import enqueue
from annotations.projects.access import Action, require_member
from annotations.projects.models import Membership, Project
from annotations.projects.queries import membership_in
from annotations.releases.restoring import looked_at
from annotations.web.wording import said

KIND = "annotations.importing.run"
MOST_BYTES = 32_000_000
MOST_NAMED = 500
MOST_SHOWN = 50


def look(actor: User, *, slug: str, content: Iterable[bytes], **how: Any) -> dict[str, Any]:
    """What a file would make, as `preview` tells it; nothing is written. 400, 403, 409 and 413 as `keep_file`."""
    membership = importer(actor, slug)
    body = _body(content)
    form, unit, names = _checked(body, **how)
    return preview(actor, membership.project, body, form=form, unit=unit, names=names)


@transaction.atomic
def keep_file(actor: User, *, slug: str, content: Iterable[bytes], name: str, **how: Any) -> Import:
    """Keep a file that is to be brought in; `how` is its `form` (found out where empty), `unit` and `names`.

    400 for a file that cannot be read as what it should be, 403 for who may not import, 413 for one that is too large.
    """
    membership = importer(actor, slug)
    body = _body(content)
    form, unit, names = _checked(body, **how)
    if form != RELEASE:
        next(read(body, form, unit), None)
    stored = storage.put([body])
    return Import.objects.create(
        project=membership.project,
        form=form,
        unit=unit,
        names=names,
        file_name=Path(name.replace("\0", "")).name[:255] or "file",
        sha256=stored.sha256,
        size=stored.size,
        created_by=actor,
    )


@transaction.atomic
def begin(actor: User, *, import_id: UUID, names: Mapping[str, str | None] | None = None) -> Job:
    """Have a kept file brought in by a worker. 409 where somebody has done so already."""
    found = import_for(actor, import_id, lock=True)
    if found.job_id:
        raise WrongState(_("This file has been brought in already."), extra={"job": str(found.job_id)})
    if names is not None:
        found.names = _checked_names(names)
    found.job = enqueue(actor, project=found.project_id, kind=KIND, params={"import": str(found.pk)})
    found.save(update_fields=["job", "names"])
    return found.job


def importer(actor: User, slug: str) -> Membership:
    """The actor's membership, who may import into the project: 403, 404."""
    membership = membership_in(actor, slug)
    require_member(membership, Action.EDIT_ARTICLES)
    return membership


def preview(
    actor: User, project: Project, body: bytes, *, form: str, unit: str, names: Mapping[str, str | None]
) -> dict[str, Any]:
    """What bringing the file in would make now: counts, its first articles, and every item left aside, with why.

    InvalidInput (400) for a file that cannot be read; for a release, what is wrong with it (400) or in its way (409).
    """
    if form == RELEASE:
        with unpacked(body) as folder:
            release = looked_at(project, folder)
        told = {"number": release.number, "title": release.title, "public_id": release.public_id}
        return {"format": form, "release": {**told, "claims": release.claims, "files": len(release.files) + 1}}
    planner = Planner(actor, project, names)
    shown: list[dict[str, Any]] = []
    for step in planner.steps(read(body, form, unit)):
        if isinstance(step, ArticleStep) and len(shown) < MOST_SHOWN:
            here = str(step.article.pk) if step.article else None
            title = step.known.get("title") or (step.article.title if step.article else "") or step.text.strip()[:80]
            shown.append({"item": step.item, "article": here, "title": title, "claims": len(step.claims)})
    errors = [{"item": each.item, "detail": said(each.detail)} for each in planner.tally.told()]
    notes = [said(each.detail) for each in planner.tally.notes()]
    return {"format": form, **planner.tally.counts(names), "notes": notes, "preview": shown, "errors": errors}


def read(body: bytes, form: str, unit: str) -> Iterator[Read]:
    """What the file has, with its offsets in `unit` where that is said. InvalidInput (400) for another form."""
    try:
        for each in READERS[form](body):
            yield in_unit(each, Unit(unit)) if unit else each
    except Unreadable as error:
        raise InvalidInput.field("file", said(error.detail)) from None


@contextmanager
def unpacked(body: bytes) -> Iterator[Path]:
    """The files of a release in a folder, for as long as the block runs. InvalidInput (400)."""
    with storage.scratch() as scratch:
        folder = scratch / "release"
        folder.mkdir()
        try:
            zips.unpack(body, folder)
        except Unreadable as error:
            raise InvalidInput.field("file", said(error.detail)) from None
        yield folder


def _body(content: Iterable[bytes]) -> bytes:
    body = bytearray()
    for piece in content:
        body += piece
        if len(body) > MOST_BYTES:
            told = _("A file to be brought in has at most %(n)s MB. Cut it in parts.") % {"n": MOST_BYTES // 1_000_000}
            raise TooLarge(told, errors={"file": [told]})
    if not body:
        raise InvalidInput.field("file", _("The file is empty."))
    return bytes(body)


def _checked(
    body: bytes, *, form: str = "", unit: str = "", names: Mapping[str, str | None] | None = None
) -> tuple[str, str, dict[str, str | None]]:
    try:
        return form or detected(body), unit, _checked_names(names or {})
    except Unreadable as error:
        raise InvalidInput.field("format" if form == "" else "file", said(error.detail)) from None


def _checked_names(names: Mapping[str, str | None]) -> dict[str, str | None]:
    for name, means in names.items():
        if (means is not None and means not in OURS) or not storable(name):
            told = _("%(name)s: our labels are %(ours)s; null leaves such spans out.")
            raise InvalidInput.field("labels", told % {"name": name[:80].replace("\0", "�"), "ours": ", ".join(OURS)})
    if len(names) > MOST_NAMED:
        raise InvalidInput.field("labels", _("At most %(n)s label names.") % {"n": MOST_NAMED})
    return dict(names)
