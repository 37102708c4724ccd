/** Words of the article that a field of the card means: taken by hand or by keys, drawn in the text, shown at the field. */

import { flagged, PARTS } from "../lib/label.js";
import { flagPressed, sentenceBefore, stepped } from "../lib/taking.js";

const FIELDS = { source: "source_name", cue: "cue" };

const $ = (id) => document.getElementById(id);

export class Taking {
  /**
   * @param {object} room `text`; `card`; `words`; `current()` is the claim; `change(name)` saves what stands in the card
   */
  constructor(room) {
    Object.assign(this, room);
    // Keys come faster than what the first of them needs is loaded: each waits for those before.
    this.walked = Promise.resolve();
    this.form = this.card.form;
  }

  /** A button that takes the words selected when it was pressed for a part, or takes its place in the text away. */
  pressed({ dataset: { take, clear } }, span) {
    if (take) this.take(take, span);
    if (clear) this.clear(clear);
  }

  /** The selected words, where they stand in the claim; null elsewhere. */
  inClaim(span = this.text.selected()) {
    const { start, end } = this.current();
    return span && span.start >= start && span.end <= end ? span : null;
  }

  /** A flag's key: with words selected in the claim the flag means them, else it is set or taken back. */
  async pressFlag(name) {
    await this.walked;
    if ($("fields").disabled) return;
    const { fields } = this.current();
    const { on, span } = flagPressed(fields.flags, name, this.inClaim());
    fields.flags = flagged(fields.flags, name, on, span);
    this.card.write(fields, (each) => this.#wordsOf(each));
    this.change("flags");
    getSelection().removeAllRanges();
  }

  /** A part's key: takes the words that are selected, else leads to where they are typed or taken. */
  async pressPart(part, field) {
    await this.walked;
    if (!this.take(part, this.text.selected())) field.focus();
  }

  /** Take words for a part of the attribution; false where none are selected that it may have. */
  take(part, span) {
    const { fields } = this.current();
    const from = part === "content" ? this.current().start : this.#reach();
    const fits = span && span.start >= from && span.end <= this.current().end;
    this.#tell(part, fits ? "" : this.words.pick);
    if (!fits) return false;
    this.#fill(part, span, fields.spans[part]);
    fields.spans = { ...fields.spans, [part]: span };
    this.#changed(part);
    const now = this.text.selected();
    if (now?.start === span.start && now.end === span.end) getSelection().removeAllRanges();
    return true;
  }

  /** Take a part's place in the text away; what is typed stays. */
  clear(part) {
    const { fields } = this.current();
    fields.spans = { ...fields.spans, [part]: undefined };
    this.#changed(part);
    this.form.querySelector(`[data-take="${part}"]`).focus();
  }

  /** Draw the parts of the current claim in the text, and their words at the fields. */
  draw() {
    const { fields } = this.current();
    const spans = fields.label === "attributed_statement" ? fields.spans : {};
    for (const part of PARTS) {
      const span = spans[part];
      const row = this.form.querySelector(`[data-part="${part}"]`);
      row.querySelector(".picked").hidden = !span;
      row.querySelector("q").textContent = span ? this.#wordsOf(span) : "";
      if (window.Highlight) CSS.highlights.set(`part-${part}`, new Highlight(...(span ? [this.text.range(span.start, span.end)] : [])));
      $("legend").querySelector(`.part-${part}`).hidden = !span;
    }
    $("legend").hidden = !PARTS.some((part) => spans[part]);
  }

  /** Select the next word or the one before, or with `extend` one word more or less. */
  step(key, extend) {
    this.walked = this.walked.then(() => import("../lib/words.js")).then(({ pieces }) => this.#walk(pieces, key, extend), () => null);
    return this.walked;
  }

  #walk(pieces, key, extend) {
    const { offsets, content } = this.text;
    const { start, end } = this.current();
    const from = offsets.toUnits(this.#reach());
    const parts = pieces(content.slice(from, offsets.toUnits(end)), this.text.root.lang);
    const moved = parts.map((part) => ({ start: part.start + from, end: part.end + from }));
    const selected = this.text.selected();
    const span = selected && { start: offsets.toUnits(selected.start), end: offsets.toUnits(selected.end) };
    const line = this.text.range(start, end).startContainer.parentElement;
    const along = (key === "ArrowRight") === (getComputedStyle(line).direction === "ltr");
    const found = stepped(moved, span, along ? 1 : -1, extend, offsets.toUnits(start));
    if (!found) return;
    const range = this.text.range(offsets.toPoints(found.start), offsets.toPoints(found.end));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    $("said").textContent = range.toString();
  }

  /** Where the sentence before the current claim begins, in code points. */
  #reach() {
    const { offsets, content } = this.text;
    return offsets.toPoints(sentenceBefore(content, offsets.toUnits(this.current().start)));
  }

  #wordsOf({ start, end }) {
    return this.text.range(start, end).toString();
  }

  /** The field gets the words, unless something else was typed there. */
  #fill(part, span, before) {
    const field = this.form.elements[FIELDS[part]];
    if (!field || (field.value && field.value !== (before ? this.#plain(before, field) : ""))) return;
    field.value = this.#plain(span, field);
  }

  #plain(span, { maxLength }) {
    return this.#wordsOf(span).split(/\s+/u).join(" ").slice(0, maxLength);
  }

  #changed(part) {
    this.change(FIELDS[part] ?? "content");
    this.draw();
  }

  #tell(part, sentence) {
    const hint = this.form.querySelector(`[data-part="${part}"] .pick-hint`);
    hint.textContent = sentence;
    hint.hidden = !sentence;
  }
}
