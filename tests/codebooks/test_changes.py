"""What a new version changes, and which labels it asks to look at again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.claims.models import LabelValue
from annotations.codebooks.changes import LABELS, Change, asks_again, changes, texts

rules = st.dictionaries(st.sampled_from("ABCDE"), st.sampled_from(["one", "two", " one "]), max_size=5).map(
    lambda named: [{"id": name, "text": text} for name, text in named.items()]
)


@given(rules, rules)
def test_every_rule_that_differs_is_named_once(before: list[dict[str, str]], after: list[dict[str, str]]) -> None:
    old, new = texts(before), texts(after)
    found = changes(before, after)
    assert {change.rule for change in found} == {name for name in {*old, *new} if old.get(name) != new.get(name)}
    assert len({change.rule for change in found}) == len(found)
    for change in found:
        assert (change.before, change.after) == (old.get(change.rule, ""), new.get(change.rule, ""))
        assert change.kind == ("new" if change.rule not in old else "changed" if change.rule in new else "vanished")


@given(rules)
def test_the_same_rules_change_nothing(same: list[dict[str, str]]) -> None:
    assert changes(same, same[::-1]) == []


def test_changes_come_in_the_old_order_and_new_ones_last() -> None:
    before = [{"id": "F1", "text": "A fact."}, {"id": "O1", "text": "A judgement."}]
    after = [{"id": "X1", "text": "New."}, {"id": "F1", "text": "An event."}]
    assert changes(before, after) == [
        Change("F1", "changed", "A fact.", "An event."),
        Change("O1", "vanished", "A judgement."),
        Change("X1", "new", "", "New."),
    ]


@pytest.mark.parametrize(
    ("rule", "label", "again", "why"),
    [
        ("F1", "verifiable_fact", [], None),
        ("F2", "verifiable_fact", [], "changed"),
        ("F3", "verifiable_fact", [], "vanished"),
        ("F3", "verifiable_fact", ["verifiable_fact"], "vanished"),
        ("F1", "verifiable_fact", ["verifiable_fact"], "new"),
        ("", "opinion", ["opinion"], "new"),
        ("", "opinion", [], None),
        ("unknown", "opinion", [], None),
    ],
)
def test_a_label_is_asked_for_by_its_rule_or_by_new_rules(
    rule: str, label: str, again: list[str], why: str | None
) -> None:
    before, after = {"F1": "a", "F2": "b", "F3": "c"}, {"F1": "a", "F2": "B", "F4": "d"}
    assert asks_again(rule, label, before=before, after=after, again=again) == why


def test_a_codebook_tells_the_products_labels_apart() -> None:
    assert list(LABELS) == LabelValue.values
