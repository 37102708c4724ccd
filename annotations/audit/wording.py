"""What an event says to a person: what was done, and from what to what. Verbs and data in, words out."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from annotations.web.wording import listed

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
    "article.discarded": lazy("discarded a draft"),
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
    "claim.label_kept": lazy("looked at a claim again and kept its label"),
    "source.added": lazy("added a source"),
    "evidence.added": lazy("added evidence"),
    "evidence.removed": lazy("removed evidence"),
    "verdict.proposed": lazy("proposed a verdict"),
    "verdict.approved": lazy("approved a verdict"),
    "verdict.changes_requested": lazy("asked for changes of a verdict"),
    "verdict.taken_back": lazy("took a verdict back"),
    "claim.closed": lazy("closed a claim"),
    "claim.challenged": lazy("challenged a claim"),
    "claim.corrected": lazy("corrected a claim"),
    "claim.withdrawn": lazy("withdrew a claim"),
    "claim.reopened": lazy("reopened a claim"),
    "claim.voided": lazy("voided a claim"),
    "claim.published": lazy("published a claim"),
    "assignment.made": lazy("assigned work"),
    "assignment.taken": lazy("took the next article"),
    "assignment.moved": lazy("gave an assignment to somebody else"),
    "assignment.given_back": lazy("gave an assignment back"),
    "assignment.lapsed": lazy("got a place that had lapsed"),
    "assignments.balanced": lazy("balanced assignments by chance"),
    "claim.planned": lazy("planned the checking of a claim"),
    "comment.written": lazy("commented on a claim"),
    "comment.edited": lazy("edited a comment"),
    "comment.removed": lazy("removed a comment"),
    "release.requested": lazy("asked for a release"),
    "release.published": lazy("published a release"),
    "job.cancelled": lazy("cancelled a job"),
}
# The members of an event's data by name, as far as they can change.
NAMES: dict[str, Words] = {
    "name": lazy("name"),
    "labels_per_claim": lazy("labels per claim"),
    "blind": lazy("blind"),
    "four_eyes": lazy("four eyes"),
    "title": lazy("title"),
    "url": lazy("url"),
    "publisher": lazy("publisher"),
    "author": lazy("author"),
    "published_on": lazy("published on"),
    "language": lazy("language"),
    "status": lazy("status"),
    "label": lazy("label"),
    "content_kind": lazy("content kind"),
    "attribution": lazy("attribution"),
    "source_name": lazy("source name"),
    "source_role": lazy("source role"),
    "source_kind": lazy("source kind"),
    "cue": lazy("cue"),
    "mode": lazy("mode"),
    "channel": lazy("channel"),
    "assignee": lazy("assignee"),
    "priority": lazy("priority"),
    "due_on": lazy("due on"),
}
# Those whose values are words of the product.
CODED = {
    "role",
    "status",
    "label",
    "content_kind",
    "source_kind",
    "mode",
    "aspect",
    "verdict",
    "stance",
    "tier",
    "priority",
}
# Such words that no stage shows by themselves. The others are translated where their stages keep them.
CODES: dict[str, Words] = {
    "context": lazy("context"),
    "directive": lazy("directive"),
    "commissive": lazy("commissive"),
    "direct": lazy("direct"),
    "named_person": lazy("named person"),
    "named_body": lazy("named body"),
    "described": lazy("described"),
    "unspecified": lazy("unspecified"),
}
# What people wrote, before and after.
WRITTEN = {"claim.proposition_written"}
# The members of an event's data that name what it is about, the first that is there.
ABOUT = ("username", "reason", "title", "source", "exact", "version", "role", "kind")


def told(verb: str, data: Data) -> Told:
    """The event in words. A verb without words of its own is shown as it is."""
    before, after = CHANGES[verb](data) if verb in CHANGES else _from_to(data, coded=verb not in WRITTEN)
    return Told(str(VERBS.get(verb, verb)), _about(data), before, after)


def _about(data: Data) -> str:
    name = next((name for name in ABOUT if data.get(name)), None)
    if name is None:
        return ""
    return plain(data[name], coded=True) if name == "role" else str(data[name])


def plain(value: Any, *, coded: bool = False) -> str:
    """A stored value as words: members by name, lists with commas, yes and no, a dash for nothing.

    `coded` values are words of the product, and translated.
    """
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, Mapping):
        return listed(
            f"{NAMES.get(name, _word(name))}: {plain(part, coded=name in CODED)}" for name, part in value.items()
        )
    if isinstance(value, list):
        return listed(plain(part, coded=coded) for part in value)
    if not isinstance(value, str):
        return str(value)
    return str(CODES.get(value) or _(_word(value))) if coded else _word(value)


def _word(text: str) -> str:
    """Names of the database without their underscores; sentences stay as they were written."""
    return text.replace("_", " ") if " " not in text and "/" not in text else text


def _from_to(data: Data, *, coded: bool) -> tuple[str, str]:
    if "after" not in data:
        return "", ""
    before, after = data.get("before"), data["after"]
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        same = {name for name in after if before.get(name) == after[name]}
        before, after = ({k: v for k, v in side.items() if k not in same} for side in (before, after))
    return "" if before is None else plain(before, coded=coded), plain(after, coded=coded)


def _counted(name: str, words: Callable[[int], str]) -> Callable[[Data], tuple[str, str]]:
    """The change is one number of the data, in words."""

    def change(data: Data) -> tuple[str, str]:
        value = data.get(name, 0)
        return "", words(len(value) if isinstance(value, list) else value)

    return change


def _claims(number: int) -> str:
    return ngettext("%(n)s claim", "%(n)s claims", number) % {"n": number}


def _characters(number: int) -> str:
    return ngettext("%(n)s character", "%(n)s characters", number) % {"n": number}


def _verdict(data: Data) -> tuple[str, str]:
    return "", ": ".join(plain(data[name], coded=True) for name in ("aspect", "verdict") if name in data)


def _evidence(data: Data) -> tuple[str, str]:
    return "", listed(plain(data[name], coded=True) for name in ("aspect", "stance", "tier") if name in data)


def _balanced(data: Data) -> tuple[str, str]:
    return "", ", ".join(f"{_word(name)}: {plain(data[name])}" for name in ("unit", "seed", "places") if name in data)


def _published(data: Data) -> tuple[str, str]:
    return plain(data.get("before")), plain(data.get("after", "published"))


def _kept(data: Data) -> tuple[str, str]:
    return "", _("under version %(version)s") % {"version": data.get("version", "–")}


def _role(data: Data) -> tuple[str, str]:
    return "", plain(data.get("role"), coded=True)


CHANGES: dict[str, Callable[[Data], tuple[str, str]]] = {
    "claims.proposed": _counted("claims", _claims),
    "article.opened": _counted("claims", _claims),
    "article.closed": _counted("claims", _claims),
    "article.imported": _counted("length", _characters),
    "verdict.proposed": _verdict,
    "verdict.approved": _verdict,
    "verdict.changes_requested": _verdict,
    "verdict.taken_back": _verdict,
    "evidence.added": _evidence,
    "evidence.removed": _evidence,
    "assignments.balanced": _balanced,
    "claim.published": _published,
    "claim.label_kept": _kept,
    "member.added": _role,
    "member.joined": _role,
}
