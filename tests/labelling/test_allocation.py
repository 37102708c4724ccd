"""Plans by chance and places: what must hold for whatever units, people and places there are."""

from collections import Counter
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from annotations.labelling.allocation import SEEDS, Place, balanced, displaced, free_claims, turn

settled = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)  # on a machine with other work
IDS = some.uuids(version=4)
SEED = some.integers(0, SEEDS - 1)
PEOPLE = some.sets(some.integers(1, 40), min_size=1, max_size=12)
OVERLAP = some.integers(1, 6)
UNITS = some.dictionaries(IDS, some.integers(1, 60), max_size=40)
HELD = some.lists(some.sets(some.integers(1, 40), max_size=6), max_size=40)


@settled
@given(UNITS, PEOPLE, OVERLAP, SEED)
def test_every_unit_gets_its_number_of_different_people(
    units: dict[UUID, int], people: set[int], overlap: int, seed: int
) -> None:
    plan = balanced(units, people, {}, overlap=overlap, seed=seed)
    assert plan.added.keys() == units.keys()
    for given_to in plan.added.values():
        assert len(given_to) == len(set(given_to)) == min(overlap, len(people))
        assert set(given_to) <= people


@settled
@given(some.sets(IDS, max_size=60), PEOPLE, OVERLAP, SEED)
def test_loads_differ_by_at_most_one_unit(units: set[UUID], people: set[int], overlap: int, seed: int) -> None:
    plan = balanced(dict.fromkeys(units, 1), people, {}, overlap=overlap, seed=seed)
    loads = [load.new for load in plan.loads.values()]
    assert max(loads) - min(loads) <= 1
    assert sum(loads) == len(units) * min(overlap, len(people))


@settled
@given(UNITS, PEOPLE, OVERLAP, SEED)
def test_loads_of_unequal_units_differ_by_at_most_the_heaviest(
    units: dict[UUID, int], people: set[int], overlap: int, seed: int
) -> None:
    loads = [load.claims for load in balanced(units, people, {}, overlap=overlap, seed=seed).loads.values()]
    assert max(loads) - min(loads) <= max(units.values(), default=0)


@settled
@given(UNITS, PEOPLE, OVERLAP, SEED, HELD)
def test_who_has_a_unit_keeps_it_and_counts(
    units: dict[UUID, int], people: set[int], overlap: int, seed: int, holders: list[set[int]]
) -> None:
    held = dict(zip(units, holders, strict=False))
    plan = balanced(units, people, held, overlap=overlap, seed=seed)
    for unit in units:
        before, new = held.get(unit, set()), plan.added.get(unit, [])
        assert not before & set(new)
        assert len(new) == min(max(0, overlap - len(before)), len(people - before))
    for person, load in plan.loads.items():
        assert load.kept_claims == sum(units[unit] for unit, before in held.items() if person in before)
        assert load.new_claims == sum(units[unit] for unit, new in plan.added.items() if person in new)


@settled
@given(UNITS, PEOPLE, OVERLAP, SEED)
def test_the_same_seed_makes_the_same_plan_in_whatever_order_things_come(
    units: dict[UUID, int], people: set[int], overlap: int, seed: int
) -> None:
    plan = balanced(units, people, {}, overlap=overlap, seed=seed)
    again = balanced(dict(reversed(units.items())), sorted(people, reverse=True), {}, overlap=overlap, seed=seed)
    assert (plan, plan.digest) == (again, again.digest)


def test_another_seed_makes_another_plan_and_every_pair_of_people_meets() -> None:
    units = {UUID(int=number): 1 for number in range(60)}
    plans = [balanced(units, range(4), {}, overlap=2, seed=seed) for seed in range(20)]
    assert len({plan.digest for plan in plans}) == 20
    pairs = Counter(tuple(people) for people in plans[0].added.values())
    assert len(pairs) == 6


CLAIMS = [UUID(int=n) for n in range(4)]
PLACES = some.lists(
    some.builds(
        Place,
        IDS,
        some.integers(1, 6),
        some.none() | some.sampled_from(CLAIMS),
        some.booleans(),
    ),
    max_size=12,
    unique_by=lambda place: (place.person, place.claim),
)


@settled
@given(PLACES, some.integers(1, 4))
def test_a_free_claim_has_fewer_standing_places_than_needed_and_none_of_mine(places: list[Place], needed: int) -> None:
    free = free_claims(CLAIMS, places, needed=needed, person=1)
    for claim in CLAIMS:
        here = [place for place in places if place.claim in (None, claim)]
        full = len([place for place in here if place.stands]) >= needed
        assert (claim in free) == (not full and 1 not in {place.person for place in here})


@settled
@given(PLACES, some.integers(1, 4))
def test_one_more_person_leaves_no_claim_with_more_places_than_needed(places: list[Place], needed: int) -> None:
    gone = displaced(CLAIMS, places, needed=needed)
    assert not any(place.stands for place in places if place.id in gone)
    for claim in CLAIMS:
        here = [place for place in places if place.claim in (None, claim) and place.id not in gone]
        standing = [place for place in here if place.stands]
        assert len(here) + 1 <= max(needed, len(standing) + 1)


def test_the_place_that_lapsed_first_goes_first() -> None:
    first, second = (Place(UUID(int=n), n, None, stands=False) for n in (8, 9))
    assert displaced(CLAIMS, [first, second], needed=2) == {first.id}


@pytest.mark.django_db
def test_the_database_tells_the_same_turn() -> None:
    article = UUID(int=7)
    with connection.cursor() as cursor:
        cursor.execute("SELECT md5('3:5:' || %s::uuid::varchar)", [article])
        assert cursor.fetchone()[0] == turn(3, 5, article)
