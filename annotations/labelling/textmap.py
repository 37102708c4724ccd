"""Where the claims of an article lie in its text, to scale. Pure: spans in, places on a strip out."""

from collections.abc import Sequence
from dataclasses import dataclass

LANE = 10
"""Height of a lane in pixels; claims that overlap lie in lanes of their own."""

MOST_LANES = 3
LEAST = 0.25
"""Percent of the width: no claim is drawn narrower, so that none of a long text is lost."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one claim lies: across in percent of the width, down in pixels; without a comma in any language."""

    x: str
    width: str
    y: int


@dataclass(frozen=True, slots=True)
class TextMap:
    """The places of the claims, in their order, and the height of all lanes."""

    places: list[Place]
    height: int


def text_map(spans: Sequence[tuple[int, int]], length: int) -> TextMap:
    """The places of spans (start, end in code points, in the order of the text) of a text of this length."""
    ends: list[int] = []
    places = []
    for start, end in spans:
        lane = next((lane for lane, over in enumerate(ends) if over <= start), min(len(ends), MOST_LANES - 1))
        ends[lane : lane + 1] = [max(end, ends[lane]) if lane < len(ends) else end]
        width = max(100 * (end - start) / length, LEAST)
        x = min(100 * start / length, 100 - width)
        places.append(Place(f"{x:.3f}%", f"{width:.3f}%", LANE * lane))
    return TextMap(places, LANE * len(ends))
