"""Parts of long lists."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.web.windows import window_at


@given(st.integers(0, 60), st.integers(1, 20), st.data())
def test_every_place_is_in_its_part_and_the_parts_lead_to_each_other(
    count: int, size: int, data: st.DataObject
) -> None:
    items = list(range(count))
    place = data.draw(st.integers(0, max(0, count - 1)))
    found = window_at(items, place, size)
    assert list(found.items) == items[found.start - 1 : found.start - 1 + size]
    assert not items or place in found.items
    for beside, edge in ((found.before, 0), (found.after, -1)):
        assert (beside is None) == (not items or found.items[edge] == items[edge])
        if beside:
            part = window_at(items, beside.item, size)
            assert (part.items[0] + 1, part.items[-1] + 1) == (beside.first, beside.last)
