/** The list of units beside the text, in line with what the server has; a page of it at a time. */

import { told } from "../lib/order.js";
import { shortened } from "../lib/shortened.js";

const WORDS = 14;
const $ = (id) => document.getElementById(id);

export class UnitList {
  /** @param {object} page `size` of a page of the list; `quoteOf(unit)`: a unit's words; `words` of the page */
  constructor(page) {
    Object.assign(this, page);
    this.list = $("units");
  }

  /** Show the page on which the unit at `place` stands, and mark that unit. */
  show(units, place) {
    this.#order(units, place - (place % this.size));
    const unit = units[place];
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const link = unit && $(`unit-${unit.id}`)?.querySelector("a");
    if (!link) return;
    link.setAttribute("aria-current", "true");
    const box = this.list.getBoundingClientRect();
    const item = link.getBoundingClientRect();
    if (item.top < box.top || item.bottom > box.bottom) this.list.scrollTop += item.top - box.top - box.height / 3;
  }

  /** Write a unit's words anew. */
  rename(unit) {
    const link = $(`unit-${unit.id}`)?.querySelector("a");
    if (link) link.textContent = shortened(this.quoteOf(unit), WORDS);
  }

  /** Lead to the units beside the current one, where there are any. */
  step(...beside) {
    ["before", "after"].forEach((id, n) => {
      $(id).toggleAttribute("aria-disabled", !beside[n]);
      if (beside[n]) $(id).href = `?unit=${beside[n].id}`;
      else $(id).removeAttribute("href");
    });
  }

  /** Put the entries of a page in the order of the units; entries of units that are not on it go. */
  #order(units, first) {
    const known = new Map([...this.list.children].map((item) => [item.id, item]));
    const items = units.slice(first, first + this.size).map((unit, n) => {
      const item = known.get(`unit-${unit.id}`) ?? this.#made(unit);
      item.querySelector(".num").textContent = first + n + 1;
      return item;
    });
    if (first) items.unshift(this.#beside(units, first - this.size, first - 1));
    if (first + this.size < units.length) items.push(this.#beside(units, first + this.size, first + this.size));
    const isSame = items.length === known.size && items.every((item, n) => item.id && item === this.list.children[n]);
    if (!isSame) this.list.replaceChildren(...items);
  }

  /** The way to a page beside this one, which begins at the place `first` and is entered at the place `at`. */
  #beside(units, first, at) {
    const numbers = { first: first + 1, last: Math.min(first + this.size, units.length) };
    const link = Object.assign(document.createElement("a"), { textContent: told(this.words.page, numbers) });
    link.href = `?unit=${units[at].id}`;
    const item = Object.assign(document.createElement("li"), { className: "page-of-units" });
    item.append(link);
    return item;
  }

  #made(unit) {
    const item = $("unit-item").content.firstElementChild.cloneNode(true);
    item.id = `unit-${unit.id}`;
    item.querySelector("input").value = unit.id;
    const link = item.querySelector("a");
    link.href = `?unit=${unit.id}`;
    link.textContent = shortened(this.quoteOf(unit), WORDS);
    return item;
  }
}
