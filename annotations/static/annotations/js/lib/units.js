/** The list of units beside the text, in line with what the server has. */

import { shortened } from "./words.js";

const $ = (id) => document.getElementById(id);

export class UnitList {
  /** @param {(unit: object) => string} quoteOf a unit's words */
  constructor(quoteOf) {
    this.list = $("units");
    this.quoteOf = quoteOf;
  }

  /** Put the entries in the order of the units; entries of units that are gone go. */
  order(units) {
    const known = new Map([...this.list.children].map((item) => [item.id, item]));
    const items = units.map((unit) => known.get(`unit-${unit.id}`) ?? this.#made(unit));
    const isSame = items.length === known.size && items.every((item, n) => item === this.list.children[n]);
    if (!isSame) this.list.replaceChildren(...items);
  }

  /** Write a unit's words anew. */
  rename(unit) {
    $(`unit-${unit.id}`).querySelector("a").textContent = shortened(this.quoteOf(unit), 14);
  }

  /** Mark the current unit, in sight. */
  mark(unit) {
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const link = unit && $(`unit-${unit.id}`)?.querySelector("a");
    if (!link) return;
    link.setAttribute("aria-current", "true");
    const box = this.list.getBoundingClientRect();
    const item = link.getBoundingClientRect();
    if (item.top < box.top || item.bottom > box.bottom) this.list.scrollTop += item.top - box.top - box.height / 3;
  }

  /** Lead to the units beside the current one, where there are any. */
  step(...beside) {
    ["before", "after"].forEach((id, n) => {
      $(id).toggleAttribute("aria-disabled", !beside[n]);
      if (beside[n]) $(id).href = `?unit=${beside[n].id}`;
      else $(id).removeAttribute("href");
    });
  }

  #made(unit) {
    const item = $("unit-item").content.firstElementChild.cloneNode(true);
    item.id = `unit-${unit.id}`;
    item.querySelector("input").value = unit.id;
    const link = item.querySelector("a");
    link.href = `?unit=${unit.id}`;
    link.textContent = shortened(this.quoteOf(unit), 14);
    return item;
  }
}
