"""What an event says to a person: what was done, and from what to what. Verbs and data in, words out."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

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
    "project.created": gettext_lazy("began the project"),
    "project.edited": gettext_lazy("changed the settings"),
    "member.added": gettext_lazy("added a member"),
    "member.joined": gettext_lazy("joined by invitation"),
    "member.role_changed": gettext_lazy("changed a role"),
    "member.removed": gettext_lazy("ended a membership"),
    "invitation.made": gettext_lazy("made an invitation"),
    "invitation.revoked": gettext_lazy("took an invitation back"),
    "codebook.written": gettext_lazy("wrote a codebook version"),
    "article.imported": gettext_lazy("imported an article"),
    "article.provenance_changed": gettext_lazy("completed an article's details"),
    "article.versioned": gettext_lazy("stored a newer text of an article"),
    "article.opened": gettext_lazy("opened an article for labelling"),
    "article.closed": gettext_lazy("ended labelling of an article"),
    "claims.proposed": gettext_lazy("had units proposed"),
    "claim.added": gettext_lazy("added a unit"),
    "claim.resized": gettext_lazy("moved the ends of a unit"),
    "claim.split": gettext_lazy("split a unit"),
    "claim.merged": gettext_lazy("merged units"),
    "claim.dismissed": gettext_lazy("dismissed a unit"),
    "claim.restored": gettext_lazy("took an edit of units back"),
    "claim.proposition_written": gettext_lazy("wrote a proposition"),
    "label.saved": gettext_lazy("saved a label"),
    "label.handed_in": gettext_lazy("handed in a label"),
    "claim.labelling_closed": gettext_lazy("ended labelling of a claim"),
    "claim.decided": gettext_lazy("decided a claim"),
    "claim.label_kept": gettext_lazy("looked at a claim again: its label stays"),
    "claim.decomposed": gettext_lazy("said what the parts of a claim are"),
    "source.added": gettext_lazy("added a source"),
    "snapshot.requested": gettext_lazy("had a source fetched"),
    "snapshot.fetched": gettext_lazy("kept a snapshot of a source"),
    "snapshot.refused": gettext_lazy("could not have a source fetched: it was refused"),
    "snapshot.failed": gettext_lazy("could not have a source fetched: it did not come"),
    "snapshot.timestamped": gettext_lazy("had a snapshot timestamped"),
    "snapshot.archived": gettext_lazy("had a page copied by an outside archive"),
    "snapshot.not_attested": gettext_lazy("could not have a snapshot vouched for"),
    "snapshot.uploaded": gettext_lazy("uploaded a snapshot of a source"),
    "evidence.added": gettext_lazy("added evidence"),
    "evidence.removed": gettext_lazy("removed evidence"),
    "verdict.proposed": gettext_lazy("proposed a verdict"),
    "verdict.approved": gettext_lazy("approved a verdict"),
    "verdict.changes_requested": gettext_lazy("asked for changes of a verdict"),
    "verdict.taken_back": gettext_lazy("took a verdict back"),
    "claim.closed": gettext_lazy("closed a claim"),
    "claim.challenged": gettext_lazy("challenged a claim"),
    "claim.corrected": gettext_lazy("corrected a claim"),
    "claim.outdated": gettext_lazy("found a claim stale"),
    "claim.linked": gettext_lazy("linked a claim with one that was checked before"),
    "claim.told_apart": gettext_lazy("told a claim apart from one that was checked before"),
    "claim.withdrawn": gettext_lazy("withdrew a claim"),
    "claim.reopened": gettext_lazy("reopened a claim"),
    "claim.voided": gettext_lazy("voided a claim"),
    "claim.published": gettext_lazy("published a claim"),
    "assignment.made": gettext_lazy("assigned work"),
    "assignment.taken": gettext_lazy("took the next article"),
    "assignment.moved": gettext_lazy("gave an assignment to somebody else"),
    "assignment.given_back": gettext_lazy("gave an assignment back"),
    "assignment.lapsed": gettext_lazy("got a place that had lapsed"),
    "assignments.balanced": gettext_lazy("balanced assignments by chance"),
    "claim.planned": gettext_lazy("planned the checking of a claim"),
    "comment.written": gettext_lazy("commented on a claim"),
    "comment.edited": gettext_lazy("edited a comment"),
    "comment.removed": gettext_lazy("removed a comment"),
    "gold.added": gettext_lazy("added a gold claim"),
    "gold.edited": gettext_lazy("changed a gold claim"),
    "gold.moved": gettext_lazy("moved a gold claim"),
    "gold.removed": gettext_lazy("removed a gold claim"),
    "training.answered": gettext_lazy("answered a gold claim"),
    "release.requested": gettext_lazy("asked for a release"),
    "release.published": gettext_lazy("published a release"),
    "release.withdrawn": gettext_lazy("withdrew a release"),
    "release.imported": gettext_lazy("took in a release made elsewhere"),
    "import.done": gettext_lazy("brought in another tool's annotations"),
    "job.cancelled": gettext_lazy("cancelled a job"),
    "article.discarded": gettext_lazy("discarded a draft"),
}
# The members of an event's data by name, as far as they can change.
NAMES: dict[str, Words] = {
    "name": gettext_lazy("name"),
    "labels_per_claim": gettext_lazy("labels per claim"),
    "blind": gettext_lazy("blind"),
    "four_eyes": gettext_lazy("four eyes"),
    "title": gettext_lazy("title"),
    "url": gettext_lazy("url"),
    "publisher": gettext_lazy("publisher"),
    "author": gettext_lazy("author"),
    "published_on": gettext_lazy("published on"),
    "language": gettext_lazy("language"),
    "status": gettext_lazy("status"),
    "label": gettext_lazy("label"),
    "content_kind": gettext_lazy("content kind"),
    "attribution": gettext_lazy("attribution"),
    "source_name": gettext_lazy("source name"),
    "source_role": gettext_lazy("source role"),
    "source_kind": gettext_lazy("source kind"),
    "cue": gettext_lazy("cue"),
    "mode": gettext_lazy("mode"),
    "channel": gettext_lazy("channel"),
    "assignee": gettext_lazy("assignee"),
    "priority": gettext_lazy("priority"),
    "due_on": gettext_lazy("due on"),
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
    "context": gettext_lazy("context"),
    "directive": gettext_lazy("directive"),
    "commissive": gettext_lazy("commissive"),
    "direct": gettext_lazy("direct"),
    "named_person": gettext_lazy("named person"),
    "named_body": gettext_lazy("named body"),
    "described": gettext_lazy("described"),
    "unspecified": gettext_lazy("unspecified"),
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
    verdict = [plain(data["verdict"], coded=True)] if "verdict" in data else []
    return "", ": ".join([*_aspect(data), *verdict])


def _evidence(data: Data) -> tuple[str, str]:
    rest = [plain(data[name], coded=True) for name in ("stance", "tier") if name in data]
    return "", listed([*_aspect(data), *rest])


def _aspect(data: Data) -> list[str]:
    part = [_("part %(n)s") % {"n": data["part"]}] if "part" in data else []
    return [" ".join([plain(data["aspect"], coded=True), *part])] if "aspect" in data else []


def _parts(data: Data) -> tuple[str, str]:
    return _numbered(data.get("before")), _numbered(data.get("after"))


def _numbered(texts: list[str] | None) -> str:
    return " ".join(f"({number}) {text}" for number, text in enumerate(texts or [], start=1)) or "–"


def _balanced(data: Data) -> tuple[str, str]:
    return "", ", ".join(f"{_word(name)}: {plain(data[name])}" for name in ("unit", "seed", "places") if name in data)


def _published(data: Data) -> tuple[str, str]:
    return plain(data.get("before"), coded=True), plain(data.get("after", "published"), coded=True)


def _kept(data: Data) -> tuple[str, str]:
    return "", _("under version %(version)s") % {"version": data.get("version", "–")}


def _role(data: Data) -> tuple[str, str]:
    return "", plain(data.get("role"), coded=True)


CHANGES: dict[str, Callable[[Data], tuple[str, str]]] = {
    "claims.proposed": _counted("claims", _claims),
    "article.opened": _counted("claims", _claims),
    "article.closed": _counted("claims", _claims),
    "article.imported": _counted("length", _characters),
    "claim.decomposed": _parts,
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
