/** Lanes for the lines under claims that overlap or lie within one another, so that no line hides another. Pure. */

const MOST = 3;

/**
 * The lane of each span: the first that no span over the same characters has; the last one takes all that are left.
 * @param {{start: number, end: number}[]} spans in the order of their starts
 * @returns {number[]} from 0
 */
export function lanes(spans) {
  const ends = Array(MOST).fill(0);
  return spans.map(({ start, end }) => {
    const free = ends.findIndex((taken) => taken <= start);
    const lane = free < 0 ? MOST - 1 : free;
    ends[lane] = Math.max(ends[lane], end);
    return lane;
  });
}
