"""Where the claims lie on the strip of an article."""

from hypothesis import given
from hypothesis import strategies as st

from annotations.labelling.textmap import LANE, LEAST, MOST_LANES, text_map

LENGTH = 1000
spans = st.lists(
    st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 300)).map(lambda s: (s[0], min(sum(s), LENGTH))), max_size=40
).map(sorted)


def place(x: str) -> float:
    return float(x.removesuffix("%"))


@given(spans)
def test_every_claim_lies_on_the_strip_where_it_is_in_the_text(found: list[tuple[int, int]]) -> None:
    drawn = text_map(found, LENGTH)
    assert len(drawn.places) == len(found)
    assert drawn.height <= LANE * MOST_LANES
    for (start, end), lies in zip(found, drawn.places, strict=True):
        assert place(lies.width) == round(max((end - start) / 10, LEAST), 3)
        assert abs(place(lies.x) - start / 10) <= LEAST
        assert 0 <= place(lies.x) <= place(lies.x) + place(lies.width) <= 100.001
        assert 0 <= lies.y < drawn.height


@given(spans)
def test_claims_that_overlap_lie_apart_while_there_are_lanes(found: list[tuple[int, int]]) -> None:
    drawn = text_map(found, LENGTH)
    last = LANE * (MOST_LANES - 1)
    for n, one in enumerate(found):
        for other, lies in zip(found[:n], drawn.places[:n], strict=True):
            if lies.y == drawn.places[n].y < last:
                assert other[1] <= one[0]


def test_one_after_the_other_is_one_lane_and_nothing_is_none() -> None:
    assert text_map([(0, 10), (10, 20), (30, 40)], 40).height == LANE
    assert text_map([], 40).height == 0
