"""Two hundred random tables: every measure as by its definition. 10,000 and other people's libraries are in outside."""

from tests.agreement.random_tables import differences, ours, tables


def test_every_measure_of_random_tables_is_as_by_its_definition() -> None:
    assert {" ".join(table.marks): wrong for table in tables(200, seed=1) if (wrong := differences(table))} == {}


def test_random_tables_are_of_every_kind() -> None:
    undefined = {figure.undefined_reason for table in tables(200, seed=1) for figure in ours(table).values()}
    assert undefined == {
        None,
        "undefined: no claim with two labels",
        "undefined: all labels equal",
        "undefined: label never used",
        "undefined: claims have different numbers of labels, abstentions not counted",
    }
