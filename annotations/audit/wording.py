"""What an event says to a person: what was done, and from what to what. Verbs and data in, words out."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

Data = Mapping[str, Any]
Words = str | Promise


class Told(NamedTuple):
    """What was done; the thing it was done to or the reason, where there is one; the change, where there is one."""

    did: str
    about: str = ""
    before: str = ""
    after: str = ""


VERBS: dict[str, Words] = {
    "project.created": lazy("began the project"),
    "project.edited": lazy("changed the settings"),
    "member.added": lazy("added a member"),
    "member.joined": lazy("joined by invitation"),
    "member.role_changed": lazy("changed a role"),
    "member.removed": lazy("ended a membership"),
    "invitation.made": lazy("made an invitation"),
    "invitation.revoked": lazy("took an invitation back"),
    "codebook.written": lazy("wrote a codebook version"),
    "article.imported": lazy("imported an article"),
    "article.provenance_changed": lazy("completed an article's details"),
    "article.opened": lazy("opened an article for labelling"),
    "article.closed": lazy("ended labelling of an article"),
    "claims.proposed": lazy("had units proposed"),
    "claim.added": lazy("added a unit"),
    "claim.resized": lazy("moved the ends of a unit"),
    "claim.split": lazy("split a unit"),
    "claim.merged": lazy("merged units"),
    "claim.dismissed": lazy("dismissed a unit"),
    "claim.restored": lazy("took an edit of units back"),
    "claim.proposition_written": lazy("wrote a proposition"),
    "label.saved": lazy("saved a label"),
    "label.handed_in": lazy("handed in a label"),
    "claim.labelling_closed": lazy("completed the labels of a claim, which closed its labelling"),
    "claim.decided": lazy("decided a claim"),
    "source.added": lazy("added a source"),
    "evidence.added": lazy("added evidence"),
    "evidence.removed": lazy("removed evidence"),
    "verdict.proposed": lazy("proposed a verdict"),
    "verdict.approved": lazy("approved a verdict"),
    "verdict.changes_requested": lazy("asked for changes of a verdict"),
    "claim.closed": lazy("closed a claim"),
    "claim.challenged": lazy("challenged a claim"),
    "claim.corrected": lazy("corrected a claim"),
    "claim.withdrawn": lazy("withdrew a claim"),
    "claim.reopened": lazy("reopened a claim"),
    "claim.voided": lazy("voided a claim"),
    "claim.published": lazy("published a claim"),
    "claim.planned": lazy("planned the checking of a claim"),
    "comment.written": lazy("commented on a claim"),
    "comment.edited": lazy("edited a comment"),
    "comment.removed": lazy("removed a comment"),
    "release.requested": lazy("asked for a release"),
    "release.published": lazy("published a release"),
    "job.cancelled": lazy("cancelled a job"),
}
# The members of an event's data that name what it is about, the first that is there.
ABOUT = ("username", "reason", "title", "source", "exact", "version", "role", "kind")


def told(verb: str, data: Data) -> Told:
    """The event in words. A verb without words of its own is shown as it is."""
    before, after = CHANGES.get(verb, _from_to)(data)
    return Told(str(VERBS.get(verb, verb)), _about(data), before, after)


def _about(data: Data) -> str:
    return next((str(data[name]) for name in ABOUT if data.get(name)), "")


def plain(value: Any) -> str:
    """A stored value as words: members by name, lists with commas, yes and no, a dash for nothing."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, Mapping):
        return ", ".join(f"{_word(name)}: {plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(plain(part) for part in value)
    return _word(value) if isinstance(value, str) else str(value)


def _word(text: str) -> str:
    """Names of the database without their underscores; sentences stay as they were written."""
    return text.replace("_", " ") if " " not in text and "/" not in text else text


def _from_to(data: Data) -> tuple[str, str]:
    if "after" not in data:
        return "", ""
    before, after = data.get("before"), data["after"]
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        same = {name for name in after if before.get(name) == after[name]}
        before, after = ({k: v for k, v in side.items() if k not in same} for side in (before, after))
    return "" if before is None else plain(before), plain(after)


def _counted(name: str, words: Callable[[int], str]) -> Callable[[Data], tuple[str, str]]:
    """The change is one number of the data, in words."""

    def change(data: Data) -> tuple[str, str]:
        value = data.get(name, 0)
        return "", words(len(value) if isinstance(value, list) else value)

    return change


def _claims(number: int) -> str:
    return ngettext("%(n)s claim", "%(n)s claims", number) % {"n": number}


def _verdict(data: Data) -> tuple[str, str]:
    return "", ": ".join(plain(data[name]) for name in ("aspect", "verdict") if name in data)


def _evidence(data: Data) -> tuple[str, str]:
    return "", ", ".join(plain(data[name]) for name in ("aspect", "stance", "tier") if name in data)


def _role(data: Data) -> tuple[str, str]:
    return "", plain(data.get("role"))


CHANGES: dict[str, Callable[[Data], tuple[str, str]]] = {
    "claims.proposed": _counted("claims", _claims),
    "article.opened": _counted("claims", _claims),
    "article.closed": _counted("claims", _claims),
    "article.imported": _counted("length", lambda n: _("%(n)s characters") % {"n": n}),
    "verdict.proposed": _verdict,
    "verdict.approved": _verdict,
    "verdict.changes_requested": _verdict,
    "evidence.added": _evidence,
    "evidence.removed": _evidence,
    "member.added": _role,
    "member.joined": _role,
}
