"""The table the measures take: how many claims were labelled in which way. Pure.

Measures depend on how often each pattern of labels occurs, not on which claims have it, so that their cost
follows the number of distinct patterns (a handful) and not the number of labels.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from annotations.labelling.content import ABSTENTIONS

CATEGORIES = ("attributed_statement", "verifiable_fact", "opinion")
"""The labels agreement is measured over; always these three, used or not."""

KINDS = ("fact", "evaluation", "prediction", "directive", "commissive")
"""The content kinds of an attributed statement, measured over in the same way."""

Tally = tuple[int, ...]
"""How many reviewers gave each of the categories to one claim, in their order."""

Votes = tuple[tuple[str, str], ...]
"""Who gave one claim which category: pairs of reviewer and label, sorted by reviewer."""


@dataclass(frozen=True, slots=True)
class Ratings:
    """Counts of label patterns; build it with `Ratings.of`.

    - `categories`: the declared ones, used or not;
    - `tallies`: number of claims for each tally, claims with no label but abstentions included (all zeros);
    - `votes`: number of claims for each pattern of who said what, claims with two labels or more only;
    - `clusters`: number of articles for each composition, a composition being the sorted pairs of tally and
      number of claims among the article's pairable claims; articles without any are left out;
    - `given`: labels and abstentions of each reviewer, on pairable claims or not;
    - `n_claims`: claims with a mark of any kind; `n_pairable`: those with two labels or more;
    - `n_labels`: labels on pairable claims (those that the figures rest on); `n_abstained`: abstentions.
    """

    categories: tuple[str, ...]
    tallies: Mapping[Tally, int]
    votes: Mapping[Votes, int]
    clusters: Mapping[tuple[tuple[Tally, int], ...], int]
    given: Mapping[str, tuple[int, int]]
    n_claims: int
    n_pairable: int
    n_labels: int
    n_abstained: int

    @classmethod
    def of(
        cls, rows: Iterable[tuple[Hashable, Hashable, str, str]], categories: tuple[str, ...] = CATEGORIES
    ) -> "Ratings":
        """The table of `(claim, article, reviewer, label)` rows, in any order.

        Raises ValueError for an unknown label, for two marks of one reviewer on one claim, and for a claim that
        is said to be in two articles.
        """
        marks: dict[Hashable, dict[str, str]] = defaultdict(dict)
        articles: dict[Hashable, Hashable] = {}
        for claim, article, reviewer, label in rows:
            if articles.setdefault(claim, article) != article:
                raise ValueError(f"claim {claim!r} is in two articles")
            if reviewer in marks[claim]:
                raise ValueError(f"reviewer {reviewer!r} has two marks on claim {claim!r}")
            if label not in categories and label not in ABSTENTIONS:
                raise ValueError(f"unknown label {label!r}")
            marks[claim][reviewer] = label
        growing = Growing(categories)
        for claim, given in marks.items():
            growing.add(articles[claim], given)
        return growing.ratings()


class Growing:
    """The table while claims come to it, so that it can be read many times on the way without being made anew."""

    def __init__(self, categories: tuple[str, ...] = CATEGORIES) -> None:
        self._categories = categories
        self._tallies: Counter[Tally] = Counter()
        self._votes: Counter[Votes] = Counter()
        self._compositions: dict[Hashable, Counter[Tally]] = defaultdict(Counter)
        self._labelled: Counter[str] = Counter()
        self._abstained: Counter[str] = Counter()

    def add(self, article: Hashable, given: Mapping[str, str]) -> None:
        """One more claim of this article, with the mark of each reviewer."""
        labels = {reviewer: label for reviewer, label in given.items() if label in self._categories}
        self._labelled.update(labels.keys())
        self._abstained.update(given.keys() - labels.keys())
        said = list(labels.values())
        tally = tuple(said.count(category) for category in self._categories)
        self._tallies[tally] += 1
        if len(said) > 1:
            self._votes[tuple(sorted(labels.items()))] += 1
            self._compositions[article][tally] += 1

    def ratings(self) -> Ratings:
        """The table as it stands."""
        pairable = {tally: count for tally, count in self._tallies.items() if sum(tally) > 1}
        reviewers = self._labelled.keys() | self._abstained.keys()
        return Ratings(
            categories=self._categories,
            tallies=self._tallies.copy(),
            votes=self._votes.copy(),
            clusters=Counter(tuple(sorted(each.items())) for each in self._compositions.values()),
            given={name: (self._labelled[name], self._abstained[name]) for name in reviewers},
            n_claims=self._tallies.total(),
            n_pairable=sum(pairable.values()),
            n_labels=sum(count * sum(tally) for tally, count in pairable.items()),
            n_abstained=self._abstained.total(),
        )
