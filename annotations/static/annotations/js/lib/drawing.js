/** Draws the claims near the window by the CSS Custom Highlight API: the text itself is left alone. */

import { lanes } from "./lanes.js";

export const LETTERS = { attributed_statement: "A", verifiable_fact: "F", opinion: "O", unsure: "U", not_a_claim: "N" };

const AHEAD = 1.5; // windows above and below the present one

export class Drawing {
  /** `margin` is where the letters stand, beside the text. */
  constructor(text, margin) {
    this.text = text;
    this.margin = margin;
    this.shown = [];
    this.near = { start: 0, end: 0 };
    this.drawn = new Map();
    new ResizeObserver(() => this.#draw()).observe(text.root);
    addEventListener("scroll", () => this.#follow(), { passive: true });
    // Where the lines of a stretch are is known once it is near and laid out.
    text.root.addEventListener("contentvisibilityautostatechange", () => this.#letterSoon(), true);
  }

  /** Draw claims `{id, start, end}`, by their starts, each by its `look` (a highlight of the sheet) and its `letter`. */
  show(claims) {
    this.shown = claims;
    lanes(claims).forEach((lane, n) => (claims[n].lane = lane));
    this.#draw();
  }

  /** Draw one of the claims that are shown in another way. */
  change(claim, look, letter) {
    Object.assign(claim, { look, letter });
    const drawn = this.drawn.get(claim.id);
    if (!drawn) return;
    this.#highlight(drawn.name).delete(drawn.range);
    drawn.name = nameOf(claim);
    this.#highlight(drawn.name).add(drawn.range);
    if (drawn.mark) Object.assign(drawn.mark, { className: look, textContent: letter });
  }

  /** A live range over a claim. */
  range({ start, end }) {
    return this.text.range(start, end);
  }

  /** Lay a tint over one claim, or over none. */
  point(claim) {
    this.mark("current", claim);
  }

  /** Lay the highlight of this name over one span, above all others, or over none. */
  mark(name, span) {
    const tint = this.#highlight(name);
    tint.clear();
    tint.priority = 1;
    if (span) tint.add(this.range(span));
  }

  /** Bring a claim into sight, if it is not there; above a card that lies over the text. */
  reveal(claim, smooth = true) {
    const range = this.range(claim);
    if (isLaidOut(range)) return this.#scroll(range, smooth);
    // Nobody knows where its line is: its stretch is brought to be laid out first.
    range.startContainer.parentElement.closest(".stretch").scrollIntoView({ behavior: "instant" });
    requestAnimationFrame(() => requestAnimationFrame(() => this.#scroll(range, false)));
  }

  #scroll(range, smooth) {
    const card = document.getElementById("card");
    const over = card && getComputedStyle(card).position === "fixed";
    const above = over ? 16 : 72;
    const bottom = over ? card.getBoundingClientRect().top - 12 : innerHeight - 72;
    const box = range.getBoundingClientRect();
    if (box.top >= above && box.bottom <= bottom) return;
    const spare = Math.max(0, bottom - above - box.height);
    const calm = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: scrollY + box.top - above - spare / 3, behavior: calm ? "instant" : "smooth" });
  }

  #isNear({ start, end }) {
    return end > this.near.start && start < this.near.end;
  }

  /** Draw anew once the window shows what was not near it before. */
  #follow() {
    const seen = this.text.between(0, innerHeight);
    if (seen.start < this.near.start || seen.end > this.near.end) this.#draw();
  }

  #draw() {
    this.near = this.text.between(-AHEAD * innerHeight, (1 + AHEAD) * innerHeight);
    const before = this.drawn;
    this.drawn = new Map();
    for (const claim of this.shown) {
      if (!this.#isNear(claim)) continue;
      const { id, start, end } = claim;
      const name = nameOf(claim);
      const known = before.get(id);
      if (known?.name === name && known.start === start && known.end === end) {
        before.delete(id);
        this.drawn.set(id, known);
      } else {
        const range = this.range(claim);
        this.#highlight(name).add(range);
        this.drawn.set(id, { claim, name, start, end, range });
      }
    }
    for (const { name, range } of before.values()) this.#highlight(name).delete(range);
    this.#letter();
  }

  /** The highlight of a name; where the browser has none, a set that draws nothing. */
  #highlight(name) {
    if (!window.Highlight) return new Set();
    if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
    return CSS.highlights.get(name);
  }

  #letterSoon() {
    this.soon ??= requestAnimationFrame(() => {
      this.soon = null;
      this.#letter();
    });
  }

  /** Write each claim's letter into the margin, beside the line it begins in; several of one line stand in a row. */
  #letter() {
    const top = this.margin.getBoundingClientRect().top;
    const lines = new Map();
    for (const drawn of this.drawn.values()) {
      if (drawn.start < this.near.start || !drawn.claim.letter || !isLaidOut(drawn.range)) continue;
      const box = drawn.range.getClientRects()[0];
      if (!box) continue;
      const line = Math.round(box.top - top);
      lines.set(line, [...(lines.get(line) ?? []), { drawn, height: box.height }]);
    }
    const rows = [...lines].map(([line, found]) => {
      const row = document.createElement("span");
      row.style.insetBlockStart = `${line}px`;
      row.style.lineHeight = `${found[0].height}px`;
      row.append(...found.map(({ drawn }) => letterOf(drawn)));
      return row;
    });
    this.margin.replaceChildren(...rows);
  }
}

/** The highlight that draws a claim: by its look, and by the lane of its line where claims overlap. */
const nameOf = ({ look, lane }) => (lane ? `${look}-${lane}` : look);

const isLaidOut = ({ startContainer }) => startContainer.parentElement.checkVisibility({ contentVisibilityAuto: true });

function letterOf(drawn) {
  const { look, letter } = drawn.claim;
  drawn.mark = Object.assign(document.createElement("b"), { className: look, textContent: letter });
  return drawn.mark;
}
