/** The form that adds a claim: filled from what is selected, or looking for words that are typed or pasted. */

import { told } from "./order.js";
import { MOST, placesOf } from "./sentences.js";

const $ = (id) => document.getElementById(id);

export class Adding {
  /**
   * @param {HTMLFormElement} form with the fields `exact`, `before`, `start` and `end`
   * @param {object} page `text`; `drawing`; `wanted()`: whether selections are to be taken now
   */
  constructor(form, page) {
    Object.assign(this, page, { form, places: [], place: 0 });
    this.found = $("found");
    const { exact } = form.elements;
    document.addEventListener("selectionchange", () => this.#take());
    exact.addEventListener("input", () => this.#look());
    exact.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing || this.places.length < 2) return;
      event.preventDefault();
      this.#go(1);
    });
    $("found-next").addEventListener("click", () => this.#go(1));
    $("found-before").addEventListener("click", () => this.#go(-1));
    if (exact.value && !form.elements.start.value) this.#look();
    else this.#take();
  }

  /** What the API is to be asked for. */
  get body() {
    const { exact, before, start, end } = this.form.elements;
    if (start.value) return { start: Number(start.value), end: Number(end.value) };
    return { exact: exact.value.trim(), prefix: before.value };
  }

  /** Put a span into the form, as it stands in the text. */
  fill(span) {
    const { exact, start, end } = this.form.elements;
    exact.value = this.text.range(span.start, span.end).toString();
    [start.value, end.value] = [span.start, span.end];
  }

  clear() {
    this.form.reset();
    this.places = [];
    this.#tell();
  }

  #take() {
    // What this form itself has selected is what was typed, perhaps in other capitals.
    const span = document.activeElement !== this.form.elements.exact && this.wanted() && this.text.selected();
    if (!span || this.#isFound(span)) return;
    this.fill(span);
    this.places = [];
    this.#tell();
  }

  #isFound({ start, end }) {
    const { elements } = this.form;
    return Number(elements.start.value) === start && Number(elements.end.value) === end;
  }

  #look() {
    const { offsets, content } = this.text;
    const { exact, start, end } = this.form.elements;
    const points = ({ start, end }) => ({ start: offsets.toPoints(start), end: offsets.toPoints(end) });
    this.places = placesOf(content, exact.value).map(points);
    this.place = 0;
    start.value = end.value = "";
    if (this.places.length) this.#go(0);
    else this.#tell();
  }

  #go(step) {
    const { places, text } = this;
    this.place = (this.place + step + places.length) % places.length;
    const span = places[this.place];
    [this.form.elements.start.value, this.form.elements.end.value] = [span.start, span.end];
    this.drawing.mark("found", span);
    this.drawing.reveal(span);
    if (document.activeElement !== this.form.elements.exact) text.select(span);
    this.#tell();
  }

  /** How many places there are, and which one is selected. */
  #tell() {
    const { dataset } = this.found;
    const all = this.places.length;
    const isTyped = Boolean(this.form.elements.exact.value.trim()) && !this.form.elements.start.value;
    this.found.textContent = all ? told(dataset.some, { n: this.place + 1, all: all < MOST ? all : `${all}+` }) : isTyped ? dataset.none : "";
    $("found-next").hidden = $("found-before").hidden = all < 2;
    if (!all) this.drawing.mark("found", null);
  }
}
