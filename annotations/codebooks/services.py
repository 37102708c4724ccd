"""Writes of codebooks. A project begins with one, so projects are begun here."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.accounts.models import User
from annotations.audit.services import record
from annotations.codebooks import default
from annotations.codebooks.models import Codebook
from annotations.errors import InvalidInput, WrongState
from annotations.projects.access import Action, require_member
from annotations.projects.models import Membership, Project
from annotations.projects.queries import locked_project, membership_in
from annotations.projects.services import create_project


@transaction.atomic
def start_project(actor: User, *, slug: str, name: str, **rules: Any) -> Membership:
    """A new project with the default codebook, and the actor as its manager; `rules` as `create_project` takes them."""
    membership = create_project(actor, slug=slug, name=name, **rules)
    _write(
        actor,
        membership.project,
        version=default.VERSION,
        language=default.LANGUAGE,
        text=default.TEXT,
        rules=default.RULES,
    )
    return membership


@transaction.atomic
def write_codebook(
    actor: User,
    *,
    slug: str,
    version: str,
    language: str,
    text: str,
    rules: list[dict[str, str]],
    again: Sequence[str] = (),
) -> Codebook:
    """A new version, in force for every label made from now on. 409 where the version exists.

    Its new rules ask to look again at closed claims with the labels of `again`; a label that names a rule which changed
    or vanished is asked for without that.
    """
    membership = membership_in(actor, slug)
    require_member(membership, Action.EDIT_CODEBOOK)
    project = locked_project(membership.project_id)
    return _write(actor, project, version=version, language=language, text=text, rules=rules, again=again)


def _write(
    actor: User,
    project: Project,
    *,
    version: str,
    language: str,
    text: str,
    rules: list[dict[str, str]],
    again: Sequence[str] = (),
) -> Codebook:
    twice = [id for id, count in Counter(rule["id"] for rule in rules).items() if count > 1]
    if twice:
        told = ngettext(
            "Each rule needs an id of its own; %(ids)s stands twice.",
            "Each rule needs an id of its own; %(ids)s stand twice.",
            len(twice),
        )
        raise InvalidInput.field("rules", told % {"ids": ", ".join(twice)})
    try:
        with transaction.atomic():
            codebook = Codebook.objects.create(
                project=project,
                version=version,
                language=language,
                text=text,
                rules=rules,
                again=list(again),
                created_by=actor,
            )
    except IntegrityError:
        told = _("Version %(version)s exists already and is never changed. Name a new version.")
        raise WrongState(told % {"version": version}) from None
    project.codebook = codebook
    project.save(update_fields=["codebook"])
    record(actor, "codebook.written", codebook, project=project.pk, version=version)
    return codebook
