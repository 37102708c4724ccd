"""Asking for a release. The build itself is a job; see `building`."""

import secrets
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from uuid_utils.compat import uuid7

from annotations.accounts.models import User
from annotations.articles.queries import visible_articles
from annotations.audit.services import record
from annotations.claims.models import LabelValue
from annotations.claims.wording import STATUS_WORDS
from annotations.errors import InvalidInput, WrongState
from annotations.jobs.models import Job
from annotations.jobs.services import enqueue
from annotations.projects.access import Action, require_member
from annotations.projects.models import Project
from annotations.projects.queries import membership_in
from annotations.releases.models import Release
from annotations.releases.queries import BY_DEFAULT, RELEASABLE, chosen_claims
from annotations.web.wording import either

KIND = "annotations.releases.build"
KEY_BYTES = 32
SETTLED = tuple(value.value for value in LabelValue if value is not LabelValue.UNSURE)


@transaction.atomic
def request_release(
    actor: User,
    *,
    slug: str,
    title: str,
    license: str,
    filter: dict[str, Any] | None = None,
    include_text: bool = True,
) -> tuple[Release, Job]:
    """Ask for a release of the claims that `filter` chooses; it is published when its job has succeeded.

    Without `include_text` it has the words of claims, but not the texts they stand in.

    The row made here holds what a build begun anew must not change: time, title and pseudonym key. 400 for what does
    not make sense, 403 below manager, 409 where the filter chooses no claim.
    """
    membership = membership_in(actor, slug)
    require_member(membership, Action.RELEASE)
    project = membership.project
    chosen = _checked_filter(actor, project, filter or {})
    _check_words(title, license)
    if not chosen_claims(project, chosen).exists():
        told = _("No claim is chosen: none is %(statuses)s and fits the filter.")
        raise WrongState(told % {"statuses": either(STATUS_WORDS[status] for status in chosen["status"])})
    release_id = uuid7()
    job = enqueue(actor, project=project.pk, kind=KIND, params={"release": str(release_id)})
    release = Release.objects.create(
        id=release_id,
        project=project,
        job=job,
        title=title.strip(),
        license=license.strip(),
        filter=chosen,
        text_included=include_text,
        pseudonym_key=secrets.token_bytes(KEY_BYTES),
        frozen_at=timezone.now(),
        created_by=actor,
    )
    record(actor, "release.requested", release, project=project.pk, title=release.title, filter=chosen)
    return release, job


def _check_words(title: str, license: str) -> None:
    errors = {}
    for name, value, longest, missing in (
        ("title", title, 300, _("Give the release a title.")),
        ("license", license, 100, _("Give the release a license.")),
    ):
        if not value.strip():
            errors[name] = [missing]
        elif len(value.strip()) > longest:
            errors[name] = [ngettext("At most %(n)d character.", "At most %(n)d characters.", longest) % {"n": longest}]
    if errors:
        raise InvalidInput(_("The release needs a title and a license."), errors=errors)


def _checked_filter(actor: User, project: Project, given: dict[str, Any]) -> dict[str, list[str]]:
    """The filter as it is stored: sorted, without doubles, the statuses spelled out."""
    unknown = sorted(set(given) - {"status", "label", "articles"})
    if unknown:
        told = _("A filter has status, label and articles, not %(names)s.") % {"names": ", ".join(unknown)}
        raise InvalidInput.field("filter", told)
    articles = _checked_articles(actor, project, given.get("articles") or [])
    return {
        "status": _among(RELEASABLE, given.get("status") or BY_DEFAULT, "status"),
        "label": _among(SETTLED, given.get("label") or [], "label"),
        "articles": articles,
    }


def _among(words: Collection[str], given: Collection[Any], field: str) -> list[str]:
    wrong = [str(word) for word in given if word not in words]
    if isinstance(given, str) or wrong:
        raise InvalidInput.field(f"filter.{field}", _("A list of any of %(words)s.") % {"words": ", ".join(words)})
    return sorted(set(given))


def _checked_articles(actor: User, project: Project, given: Collection[Any]) -> list[str]:
    try:
        wanted = {UUID(str(article)) for article in given}
    except ValueError:
        wanted = set()
    known = set(visible_articles(actor).filter(project=project, pk__in=wanted).values_list("pk", flat=True))
    if isinstance(given, str) or len(known) < len(wanted) or bool(given) != bool(wanted):
        raise InvalidInput.field("filter.articles", _("A list of ids of articles of this project."))
    return sorted(map(str, known))
