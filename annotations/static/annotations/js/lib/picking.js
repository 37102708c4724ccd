/** Selecting words of the text without a mouse: by sentences, words and characters; and a bar that makes them a unit. */

import { sentenceBefore, sentenceFrom } from "./sentences.js";
import { nudged } from "./words.js";

const $ = (id) => document.getElementById(id);
const TOUCHED = matchMedia("(pointer: coarse)");

export class Picking {
  /**
   * @param {object} page `text`; `drawing`; `from()`: the code point to begin at; `make(span)`: what is to become of the
   *   words
   */
  constructor(page) {
    Object.assign(this, page, { isOn: false, which: "end", span: null, focused: null });
    this.bar = $("picking");
    $("picking-style").disabled = false;
    this.language = page.text.root.lang;
    addEventListener("keydown", (event) => this.#key(event), true);
    document.addEventListener("selectionchange", () => this.#follow());
    // The selection stays while the bar is pressed.
    this.bar.addEventListener("pointerdown", (event) => event.preventDefault());
    $("picking-add").addEventListener("click", () => this.#done());
    $("picking-leave").addEventListener("click", () => this.leave());
    // Words may have been selected while this was on its way.
    this.#follow();
  }

  /** Begin with what is selected, else with the sentence where the page is. */
  begin() {
    const { text } = this;
    const span = text.selected() ?? this.#points(sentenceFrom(text.content, text.offsets.toUnits(this.from()), this.language));
    if (!span) return;
    Object.assign(this, { isOn: true, which: "end", focused: document.activeElement });
    this.bar.hidden = false;
    this.bar.focus({ preventScroll: true });
    this.#select(span, this.bar.dataset.begun);
  }

  leave() {
    getSelection().removeAllRanges();
    this.#end();
    this.#say(this.bar.dataset.left);
  }

  #key(event) {
    if (!this.isOn || event.isComposing || event.target.closest?.("input, textarea, select, dialog")) return;
    const act = this.#meant(event);
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  /** What a key does in this mode. Left and right are those of the line's direction. */
  #meant({ key, shiftKey, altKey, ctrlKey, metaKey, target }) {
    if (ctrlKey || metaKey) return null;
    if (key === "Escape") return () => this.leave();
    if (key === "Enter") return target.closest?.("button, a, summary") ? null : () => this.#done();
    if (key === "o") return () => this.#turn();
    const step = this.#step(key);
    if (!step) return null;
    if (altKey) return () => this.#move(step, "grapheme");
    if (shiftKey && key.endsWith("t")) return () => this.#move(step, "word");
    return shiftKey ? () => this.#grow(step) : () => this.#sentence(step);
  }

  #step(key) {
    const line = this.text.range(this.span.start, this.span.end).startContainer.parentElement;
    const ahead = getComputedStyle(line).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (key === "ArrowDown" || key === ahead) return 1;
    return key.startsWith("Arrow") ? -1 : 0;
  }

  /** The sentence after this one, or before it. */
  #sentence(step) {
    const { content, offsets } = this.text;
    const found = step > 0
      ? sentenceFrom(content, offsets.toUnits(this.span.end), this.language)
      : sentenceBefore(content, offsets.toUnits(this.span.start), this.language);
    if (found) this.#select(this.#points(found));
  }

  /** A sentence more at the end, or a sentence less. */
  #grow(step) {
    const { content, offsets } = this.text;
    const end = offsets.toUnits(this.span.end);
    const found = step > 0 ? sentenceFrom(content, end, this.language) : sentenceBefore(content, end, this.language);
    const before = found && step < 0 ? sentenceBefore(content, found.start, this.language) : found;
    if (before) this.#change({ ...this.span, end: offsets.toPoints(before.end) });
  }

  #move(step, granularity) {
    this.#change(nudged(this.text, this.span, this.which, step, this.language, granularity));
  }

  /** Move the other end from now on. */
  #turn() {
    this.which = this.which === "end" ? "start" : "end";
    this.#say(this.bar.dataset[this.which]);
  }

  /** Another span, told by what came or went. */
  #change(span) {
    const { start, end } = this.span;
    if (span.start >= span.end || (span.start === start && span.end === end)) return;
    const [from, to] = span.end === end ? [start, span.start] : [end, span.end];
    const isMore = span.end - span.start > end - start;
    const words = this.text.range(Math.min(from, to), Math.max(from, to)).toString().trim();
    this.#select(span, (isMore ? this.bar.dataset.more : this.bar.dataset.less).replace("{words}", words));
  }

  #select(span, told = "") {
    this.span = span;
    this.text.select(span);
    this.drawing.reveal(span);
    const words = this.text.range(span.start, span.end).toString();
    this.#say(told.includes("{words}") ? told.replace("{words}", words) : told || words);
  }

  #done() {
    const span = this.text.selected();
    this.#end();
    if (span) this.make(span);
  }

  /** Out of this mode, with the focus where it was. */
  #end() {
    if (this.isOn) this.focused?.focus({ preventScroll: true });
    this.isOn = false;
    this.#follow();
  }

  /** The bar is there while words are picked, by keys or by touch; what was selected anew is what is picked. */
  #follow() {
    const span = this.text.selected();
    if (this.isOn && span) this.span = span;
    this.bar.hidden = !(this.isOn || (span && TOUCHED.matches));
    $("picked").textContent = span ? this.text.range(span.start, span.end).toString() : "";
  }

  #points(span) {
    const { offsets } = this.text;
    return span && { start: offsets.toPoints(span.start), end: offsets.toPoints(span.end) };
  }

  #say(words) {
    $("said").textContent = words;
  }
}
