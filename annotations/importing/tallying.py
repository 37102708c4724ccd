"""What a file brings, in figures, and everything of it that is left aside. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from annotations.importing.naming import Names, meant
from annotations.importing.outside import Aside, Said, shown
from annotations.importing.placing import Placed
from annotations.messages import ngettext

MOST_TOLD = 1000
"""Items left aside that are named one by one; of more, the number is told."""

MOST_NAMES = 200
"""Different label names and annotators that are told; of more, the most frequent."""


@dataclass
class Tally:
    """Counts of what is made, of what is here already, and of what the file has and a project cannot hold."""

    articles: int = 0
    articles_here: int = 0
    claims: int = 0
    claims_here: int = 0
    sources: int = 0
    sources_here: int = 0
    left_out: int = 0
    settled: int = 0
    verdicts: int = 0
    names: Counter[str] = field(default_factory=Counter)
    annotators: Counter[str] = field(default_factory=Counter)
    asides: list[Aside] = field(default_factory=list)
    rejected: int = 0

    def aside(self, aside: Aside) -> None:
        """Count something that is left aside, and keep the first of them to be told."""
        self.rejected += 1
        if len(self.asides) < MOST_TOLD:
            self.asides.append(aside)

    def heard(self, claim: Placed) -> None:
        """Count what was said of a claim."""
        self.names.update(shown(each.name) for each in claim.said)
        self.annotators.update(shown(each.annotator) for each in claim.said)
        self.settled += bool(claim.settled)
        self.verdicts += len(claim.verdicts)

    def told(self) -> list[Aside]:
        """The items left aside, with a last one for those beyond."""
        if self.rejected == len(self.asides):
            return self.asides
        more = ngettext("%(n)s more item.", "%(n)s more items.", self.rejected - len(self.asides))
        return [*self.asides, Aside("file", more)]

    def counts(self, names: Names) -> dict[str, Any]:
        """The figures as the API and the job tell them; labels are counted as read, whatever becomes of them."""
        known = (
            "articles",
            "articles_here",
            "claims",
            "claims_here",
            "sources",
            "sources_here",
            "left_out",
            "rejected",
        )
        return {
            **{name: getattr(self, name) for name in (*known, "left_out", "rejected")},
            "labels": {
                "read": self.names.total(),
                "names": [
                    {"name": name, "means": meant(name, names), "count": count}
                    for name, count in self.names.most_common(MOST_NAMES)
                ],
                "annotators": [
                    {"name": name, "count": count} for name, count in self.annotators.most_common(MOST_NAMES)
                ],
            },
            "settled": self.settled,
            "verdicts": self.verdicts,
        }

    def notes(self) -> Iterable[Aside]:
        """What becomes of labels, settled labels and verdicts of the file: none is one of the project."""
        if count := self.names.total():
            told = ngettext(
                "%(n)s label was not made blind here: it counts for nobody and is shown once labelling has closed.",
                "%(n)s labels were not made blind here: they count for nobody and are shown once labelling has closed.",
                count,
            )
            yield Aside("labels", told)
        if self.settled:
            told = ngettext(
                "%(n)s settled label stays in the file: here a claim is settled by its own labels.",
                "%(n)s settled labels stay in the file: here a claim is settled by its own labels.",
                self.settled,
            )
            yield Aside("settled", told)
        if self.verdicts:
            told = ngettext(
                "%(n)s verdict stays in the file: here a verdict rests on evidence that two people saw.",
                "%(n)s verdicts stay in the file: here a verdict rests on evidence that two people saw.",
                self.verdicts,
            )
            yield Aside("verdicts", told)


def called(said: Iterable[Said]) -> list[str]:
    """The different label names."""
    return list(dict.fromkeys(each.name for each in said))
