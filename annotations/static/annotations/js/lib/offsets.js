/** Offsets of one text in Unicode code points (what the workbench stores) and in UTF-16 units (what a browser counts). Pure. */

export class Offsets {
  constructor(text) {
    /** Where each character outside the basic plane begins, in UTF-16 units, ascending. */
    this.pairs = [];
    for (const found of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) this.pairs.push(found.index);
    this.units = text.length;
    /** The text's length in code points. */
    this.length = text.length - this.pairs.length;
  }

  /** The UTF-16 offset of a code-point offset; RangeError outside the text. */
  toUnits(point) {
    if (!(point >= 0 && point <= this.length)) throw new RangeError(`${point} lies outside the text`);
    // The n-th pair begins at code point pairs[n] - n, which grows with n.
    return point + firstWhere(this.pairs.length, (n) => this.pairs[n] - n >= point);
  }

  /** The code-point offset of a UTF-16 offset; one inside a character counts as that character's begin. */
  toPoints(unit) {
    if (!(unit >= 0 && unit <= this.units)) throw new RangeError(`${unit} lies outside the text`);
    return unit - firstWhere(this.pairs.length, (n) => this.pairs[n] >= unit);
  }
}

/** The first of `count` places where `holds` is true, `count` for none; it is true from some place on. */
export function firstWhere(count, holds) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The span without the white space at its ends; null where nothing else is in it. */
export function trimmed(text, { start, end }) {
  const inside = text.slice(start, end);
  if (!/\S/u.test(inside)) return null;
  return { start: start + inside.search(/\S/u), end: start + inside.trimEnd().length };
}
