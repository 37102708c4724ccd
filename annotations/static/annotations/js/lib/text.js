/** The article's text on the page: from code points to places in it, and back. */

import { Offsets, trimmed } from "./offsets.js";

export class ArticleText {
  /** `root` is the element whose text is the stored text, character for character. */
  constructor(root) {
    this.root = root;
    this.content = root.textContent;
    this.offsets = new Offsets(this.content);
    this.nodes = [];
    this.begins = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) {
      this.nodes.push(walker.currentNode);
      this.begins.push(at);
    }
  }

  /** A live range over the code points from `start` up to `end`. */
  range(start, end) {
    const range = document.createRange();
    range.setStart(...this.#place(this.offsets.toUnits(start), false));
    range.setEnd(...this.#place(this.offsets.toUnits(end), true));
    return range;
  }

  /** The text node and the offset in it of a UTF-16 offset; at a border the node before, for an end. */
  #place(unit, isEnd) {
    let low = 0;
    let high = this.begins.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.begins[middle] < unit || (this.begins[middle] === unit && !isEnd)) low = middle;
      else high = middle - 1;
    }
    return [this.nodes[low], unit - this.begins[low]];
  }

  /** The selected span in code points, without white space at its ends; null where there is none. */
  selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(this.root)) return null;
    const span = trimmed(this.content, { start: this.unit(range, "start"), end: this.unit(range, "end") });
    return span && { start: this.offsets.toPoints(span.start), end: this.offsets.toPoints(span.end) };
  }

  /** The code point under a point of the window, or null. */
  at(x, y) {
    const found = document.caretPositionFromPoint?.(x, y) ?? document.caretRangeFromPoint?.(x, y);
    const node = found?.offsetNode ?? found?.startContainer;
    const place = this.nodes.indexOf(node);
    return place < 0 ? null : this.offsets.toPoints(this.begins[place] + (found.offset ?? found.startOffset));
  }

  /** How many UTF-16 units of the text lie before one end of a range, which may stand outside the text. */
  unit(range, end) {
    const before = document.createRange();
    before.selectNodeContents(this.root);
    const [node, offset] = end === "start" ? [range.startContainer, range.startOffset] : [range.endContainer, range.endOffset];
    const side = before.comparePoint(node, offset);
    if (side !== 0) return side < 0 ? 0 : this.content.length;
    before.setEnd(node, offset);
    return before.toString().length;
  }
}
