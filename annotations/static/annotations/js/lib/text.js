/** The article's text on the page: from code points to places in it, and back. */

import { Offsets, firstWhere, trimmed } from "./offsets.js";

export class ArticleText {
  /** `root` is the element whose text is the stored text, character for character. */
  constructor(root) {
    this.root = root;
    this.content = root.textContent;
    this.offsets = new Offsets(this.content);
    this.nodes = [];
    this.begins = [];
    this.blocks = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let at = 0; walker.nextNode(); at += walker.currentNode.length) {
      const node = walker.currentNode;
      this.nodes.push(node);
      this.begins.push(at);
      const element = node.parentElement.closest(".stretch") ?? node.parentElement;
      if (this.blocks.at(-1)?.element !== element) this.blocks.push({ element, begin: at });
    }
    this.places = new Map(this.nodes.map((node, place) => [node, place]));
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
    const { begins, nodes } = this;
    const after = firstWhere(begins.length, (n) => begins[n] > unit || (begins[n] === unit && isEnd));
    const place = Math.max(0, after - 1);
    return [nodes[place], unit - begins[place]];
  }

  /** The code points of the blocks (lines; stretches of a long text) that stand between two heights of the window. */
  between(top, bottom) {
    const { blocks, offsets } = this;
    const box = (place) => blocks[place].element.getBoundingClientRect();
    const first = firstWhere(blocks.length, (place) => box(place).bottom > top);
    const after = firstWhere(blocks.length, (place) => box(place).top >= bottom);
    const begin = (place) => (place < blocks.length ? offsets.toPoints(blocks[place].begin) : offsets.length);
    return { start: begin(first), end: begin(after) };
  }

  /** Select a span of code points. */
  select({ start, end }) {
    const { startContainer, startOffset, endContainer, endOffset } = this.range(start, end);
    getSelection().setBaseAndExtent(startContainer, startOffset, endContainer, endOffset);
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
    const place = this.places.get(node);
    return place === undefined ? null : this.offsets.toPoints(this.begins[place] + (found.offset ?? found.startOffset));
  }

  /** How many UTF-16 units of the text lie before one end of a range, which may stand outside the text. */
  unit(range, end) {
    const [node, offset] = end === "start" ? [range.startContainer, range.startOffset] : [range.endContainer, range.endOffset];
    const place = this.places.get(node);
    if (place !== undefined) return this.begins[place] + offset;
    const before = document.createRange();
    before.selectNodeContents(this.root);
    const side = before.comparePoint(node, offset);
    if (side !== 0) return side < 0 ? 0 : this.content.length;
    before.setEnd(node, offset);
    return before.toString().length;
  }
}
