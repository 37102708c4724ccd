/** Draws claims over the text by the CSS Custom Highlight API, so that the text itself is left alone. */

export const LETTERS = { attributed_statement: "A", verifiable_fact: "F", opinion: "O", unsure: "U", not_a_claim: "N" };

export class Drawing {
  /** `margin` is where the letters stand, beside the text. */
  constructor(text, margin) {
    this.text = text;
    this.margin = margin;
    this.ranges = new Map();
    this.letters = new Map();
    this.shown = [];
    new ResizeObserver(() => this.letter()).observe(text.root);
  }

  /** Draw claims `{id, start, end}`, each by its `look` (a highlight of the sheet) and its `letter`. */
  show(claims) {
    for (const { look } of this.shown) CSS.highlights?.delete(look);
    this.shown = claims;
    for (const claim of claims) this.#highlight(claim.look).add(this.range(claim));
    this.letter();
  }

  /** Draw one of the claims that are shown in another way. */
  change(claim, look, letter) {
    this.#highlight(claim.look).delete(this.range(claim));
    Object.assign(claim, { look, letter });
    this.#highlight(look).add(this.range(claim));
    const mark = this.letters.get(claim.id);
    if (mark) Object.assign(mark, { className: look, textContent: letter });
  }

  /** The range of a claim, made once for each place it has. */
  range({ id, start, end }) {
    const known = this.ranges.get(id);
    if (known?.start === start && known.end === end) return known.range;
    const range = this.text.range(start, end);
    this.ranges.set(id, { start, end, range });
    return range;
  }

  /** Lay a tint over one claim, or over none. */
  point(claim) {
    const tint = this.#highlight("current");
    tint.clear();
    tint.priority = 1;
    if (claim) tint.add(this.range(claim));
  }

  /** The highlight of a name; where the browser has none, a set that draws nothing. */
  #highlight(name) {
    if (!window.Highlight) return new Set();
    if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
    return CSS.highlights.get(name);
  }

  /** Write each claim's letter into the margin, beside the line it begins in; several of one line stand in a row. */
  letter() {
    const top = this.margin.getBoundingClientRect().top;
    const lines = new Map();
    for (const claim of this.shown) {
      const box = this.range(claim).getClientRects()[0];
      if (!box || !claim.letter) continue;
      const line = Math.round(box.top - top);
      lines.set(line, [...(lines.get(line) ?? []), { claim, height: box.height }]);
    }
    const marks = [...lines].map(([line, found]) => {
      const mark = document.createElement("span");
      mark.style.insetBlockStart = `${line}px`;
      mark.style.lineHeight = `${found[0].height}px`;
      mark.append(...found.map(({ claim }) => this.#letterOf(claim)));
      return mark;
    });
    this.margin.replaceChildren(...marks);
  }

  /** Bring a claim into sight, if it is not there; above a card that lies over the text. */
  reveal(claim, smooth = true) {
    const card = document.getElementById("card");
    const over = card && getComputedStyle(card).position === "fixed";
    const above = over ? 16 : 72;
    const bottom = over ? card.getBoundingClientRect().top - 12 : innerHeight - 72;
    const box = this.range(claim).getBoundingClientRect();
    if (box.top >= above && box.bottom <= bottom) return;
    const spare = Math.max(0, bottom - above - box.height);
    const calm = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: scrollY + box.top - above - spare / 3, behavior: calm ? "instant" : "smooth" });
  }

  #letterOf({ id, look, letter }) {
    const mark = Object.assign(document.createElement("b"), { className: look, textContent: letter });
    this.letters.set(id, mark);
    return mark;
  }
}
