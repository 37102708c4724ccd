/** The strip of ticks: one for each claim, a page of them at a time; the page follows the current claim. */

import { told } from "./order.js";
import { shortened } from "./shortened.js";

const WORDS = 12;

export class Strip {
  /**
   * @param {HTMLElement} list which holds the ticks of the current claim's page
   * @param {object} room `claims`, each with its `look` and `letter`; `size` of a page; `place` of the current claim;
   *   `words`; `quoteOf(claim)`; `waits(claim)`: whether something of it is not stored yet
   */
  constructor(list, room) {
    Object.assign(this, room, { list, page: Math.floor(room.place / room.size) });
    this.places = new Map(room.claims.map((claim, place) => [claim.id, place]));
  }

  /** Mark the claim at this place as the current one, in sight. */
  point(place) {
    const page = Math.floor(place / this.size);
    if (page !== this.page) this.#turn(page);
    this.list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    const tick = this.#tick(this.claims[place]);
    tick.setAttribute("aria-current", "true");
    this.list.scrollTop = tick.offsetTop - this.list.offsetTop - 24;
  }

  /** Draw a claim's tick as the claim is now. */
  redraw(claim) {
    const tick = this.#tick(claim);
    if (tick) this.#dress(tick, claim);
  }

  /** An entry for a claim, for another list than this one. */
  item(claim) {
    const tick = document.createElement("a");
    tick.href = `?claim=${claim.id}#card`;
    const words = Object.assign(document.createElement("span"), { dir: "auto" });
    words.textContent = ` ${shortened(this.quoteOf(claim), WORDS)}`;
    tick.append(document.createElement("b"), words);
    this.#dress(tick, claim);
    return wrapped(tick);
  }

  #dress(tick, claim) {
    tick.className = `tick ${claim.look}`;
    tick.classList.toggle("locked", Boolean(claim.locked));
    tick.classList.toggle("waiting", this.waits(claim));
    tick.firstElementChild.textContent = claim.letter;
  }

  /** The tick of a claim, where its page is there. */
  #tick({ id }) {
    const place = this.places.get(id);
    if (Math.floor(place / this.size) !== this.page) return null;
    return this.list.children[(place % this.size) + (this.page ? 1 : 0)].firstElementChild;
  }

  #turn(page) {
    this.page = page;
    const first = page * this.size;
    const last = first + this.size;
    const items = this.claims.slice(first, last).map((claim) => this.item(claim));
    if (page) items.unshift(this.#beside(first - this.size, first - 1));
    if (last < this.claims.length) items.push(this.#beside(last, last));
    this.list.replaceChildren(...items);
  }

  /** The way to a page beside this one, which begins at the place `first` and is entered at the place `at`. */
  #beside(first, at) {
    const numbers = { first: first + 1, last: Math.min(first + this.size, this.claims.length) };
    const tick = Object.assign(document.createElement("a"), { className: "tick tick--page" });
    tick.href = `?claim=${this.claims[at].id}#card`;
    tick.ariaLabel = told(this.words.page, numbers);
    tick.textContent = `${numbers.first}–${numbers.last}`;
    return wrapped(tick);
  }
}

function wrapped(tick) {
  const item = document.createElement("li");
  item.append(tick);
  return item;
}
