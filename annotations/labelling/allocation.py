"""Who gets which unit: places kept and free, a balanced plan by chance, and the order in which one person works. Pure.

A unit is an article or a claim. A place is one person's assignment to an article (all of it) or to one claim of it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from random import Random
from uuid import UUID

SEEDS = 2**31  # seeds are whole numbers from 0 up to here: they fit a column and can be read out over the telephone


@dataclass(frozen=True)
class Place:
    """One person's assignment in an article; `claim` None is all of it. It `stands`, or has lapsed and may be given."""

    id: UUID
    person: int
    claim: UUID | None
    stands: bool


@dataclass(frozen=True)
class Load:
    """One person's share of a plan: units and claims they keep, units and claims that are new."""

    kept: int = 0
    kept_claims: int = 0
    new: int = 0
    new_claims: int = 0

    @property
    def claims(self) -> int:
        """All claims of the person, by which loads are balanced."""
        return self.kept_claims + self.new_claims


@dataclass(frozen=True)
class Plan:
    """What a plan adds: the people of each unit that gets any, and everybody's load."""

    seed: int
    added: dict[UUID, list[int]] = field(default_factory=dict)
    loads: dict[int, Load] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """The same for equal plans: whoever looked at one can say that it is the one to be made."""
        told = [f"{unit} {person}" for unit, people in sorted(self.added.items()) for person in sorted(people)]
        return hashlib.sha256("\n".join([str(self.seed), *told]).encode()).hexdigest()[:32]


def turn(project: int, person: int, article: UUID) -> str:
    """Where an article stands in one person's order: shuffled, for each person otherwise, always the same.

    MD5 of `project:person:article`, which PostgreSQL computes too.
    """
    return hashlib.md5(f"{project}:{person}:{article}".encode(), usedforsecurity=False).hexdigest()


def free_claims(claims: Iterable[UUID], places: Iterable[Place], *, needed: int, person: int) -> list[UUID]:
    """Those of the claims with fewer standing places than `needed`, and none of this person's, standing or not."""
    covering = _covering(places)
    free = []
    for claim in claims:
        here = covering(claim)
        if sum(place.stands for place in here) < needed and all(place.person != person for place in here):
            free.append(claim)
    return free


def displaced(claims: Iterable[UUID], places: Iterable[Place], *, needed: int) -> set[UUID]:
    """Lapsed places that make room when one more person gets these claims: the first of `places` first.

    So many that no claim has more than `needed` places with the new one, as far as lapsed ones allow.
    """
    covering = _covering(places)
    gone: set[UUID] = set()
    for claim in claims:
        here = [place for place in covering(claim) if place.id not in gone]
        lapsed = [place.id for place in here if not place.stands]
        gone.update(lapsed[: max(0, len(here) + 1 - needed)])
    return gone


def _covering(places: Iterable[Place]) -> Callable[[UUID], list[Place]]:
    """Finds the places that cover a claim, in the order of `places`, without looking through all of them."""
    at: dict[UUID | None, list[tuple[int, Place]]] = defaultdict(list)
    for numbered in enumerate(places):
        at[numbered[1].claim].append(numbered)
    return lambda claim: [place for _, place in sorted(at[None] + at.get(claim, []), key=itemgetter(0))]


def balanced(
    units: Mapping[UUID, int], people: Collection[int], held: Mapping[UUID, Collection[int]], *, overlap: int, seed: int
) -> Plan:
    """Give every unit `overlap` different people, or as many as there are, with loads as equal as chance allows.

    `units` are their weights (claims), `held` who has each unit already: they keep it and count. Units come in an
    order by chance, and each goes to those who have the least so far; ties are broken by chance. With nothing held,
    loads differ by at most the heaviest unit: a unit of weight w ≤ W goes to the k smallest loads, so that the largest
    of these ends at most W above the smallest, and above every load that was passed over by at most w.
    """
    dice = Random(seed)  # noqa: S311  # a plan has to be repeatable, not secret
    loads: dict[int, int] = dict.fromkeys(sorted(people), 0)
    for unit, holders in held.items():
        for person in set(holders) & loads.keys():
            loads[person] += units.get(unit, 0)
    added: dict[UUID, list[int]] = {}
    for unit in dice.sample(sorted(units), len(units)):
        holders = set(held.get(unit, ()))
        able = sorted(loads.keys() - holders)
        by_load = sorted(dice.sample(able, len(able)), key=loads.__getitem__)
        if chosen := by_load[: max(0, overlap - len(holders))]:
            added[unit] = sorted(chosen)
            for person in chosen:
                loads[person] += units[unit]
    return Plan(seed, added, _loads(units, loads, held, added))


def _loads(
    units: Mapping[UUID, int],
    people: Iterable[int],
    held: Mapping[UUID, Collection[int]],
    added: Mapping[UUID, Collection[int]],
) -> dict[int, Load]:
    kept, new = _by_person(units, held), _by_person(units, added)
    return {person: Load(len(kept[person]), sum(kept[person]), len(new[person]), sum(new[person])) for person in people}


def _by_person(units: Mapping[UUID, int], given: Mapping[UUID, Collection[int]]) -> dict[int, list[int]]:
    """The weights of everybody's units."""
    found: dict[int, list[int]] = defaultdict(list)
    for unit, people in given.items():
        for person in set(people):
            if unit in units:
                found[person].append(units[unit])
    return found
