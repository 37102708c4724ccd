"""The agreement vectors of the product's description, put in as labels through the API and read out again."""

from typing import Any

import pytest

from tests.agreement.tables import FORTY, LABELS, TWELVE, UNANIMOUS
from tests.personas import Team, team

NAMES = ("ben", "cleo", "dan")


def labelled(table: str) -> tuple[Team, str]:
    """A team whose reviewers labelled one claim for each unit of the table, and the article they did it in."""
    units = table.split()
    reviewers = NAMES[: max(map(len, units))]
    people = team(rules={"labels_per_claim": len(reviewers)}, **dict.fromkeys(reviewers, "reviewer"))
    quotes = [f"Sentence number {place}." for place in range(100, 100 + len(units))]
    article, claims = people.opened("\n".join(quotes), quotes)
    for claim, unit in zip(claims, units, strict=True):
        for name, letter in zip(reviewers, unit.ljust(len(reviewers), "."), strict=True):
            if letter != ".":
                people.people[name].api("PUT", f"claims/{claim}/label/", {"label": LABELS[letter]})
    for name in reviewers:
        people.people[name].api("POST", f"articles/{article}/hand-in/", {"partial": True})
    return people, article


def figures(people: Team) -> dict[str, Any]:
    return people.boss.api("GET", f"projects/{people.slug}/agreement/")["label"]


@pytest.mark.django_db
def test_twelve_units_of_three_reviewers_with_missing_labels() -> None:
    people, article = labelled(TWELVE)
    whole = sum("." not in unit and len(unit) == 3 for unit in TWELVE.split())
    assert figures(people)["n_claims"] == whole
    people.boss.api("POST", f"articles/{article}/close/")
    found = figures(people)
    assert round(found["alpha"], 6) == 0.604096
    assert {name: round(value, 4) for name, value in found["per_label"].items()} == {
        "attributed_statement": 0.7376,
        "verifiable_fact": 0.5397,
        "opinion": 0.5057,
    }
    assert round(found["ac1"], 6) == 0.647778
    assert round(found["percent"], 6) == 0.757576
    assert (found["n_claims"], found["n_pairable"], found["n_labels"], found["n_abstained"]) == (12, 11, 30, 0)
    low, high = found["ci"]
    assert low < found["alpha"] < high
    assert [pair["reviewers"] for pair in found["pairwise"]] == [["ben", "cleo"], ["ben", "dan"], ["cleo", "dan"]]


@pytest.mark.django_db
def test_rare_disagreement_in_a_skewed_table_shows_why_alpha_and_ac1_stand_side_by_side() -> None:
    people, _ = labelled(FORTY)
    found = figures(people)
    assert round(found["percent"], 6) == 0.95
    assert round(found["alpha"], 6) == -0.012821
    assert round(found["ac1"], 6) == 0.948751


@pytest.mark.django_db
def test_without_variation_alpha_is_no_number() -> None:
    people, _ = labelled(UNANIMOUS)
    found = figures(people)
    assert found["alpha"] is None
    assert found["ci"] is None
    assert "all labels equal" in found["undefined_reason"]
    assert found["ac1"] == 1
    assert (found["n_claims"], found["n_labels"]) == (10, 20)
