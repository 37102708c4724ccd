/** Draws claims over the text: underlines by the CSS Custom Highlight API, so that the text itself is left alone. */

export const LETTERS = { attributed_statement: "A", verifiable_fact: "F", opinion: "O", unsure: "U", not_a_claim: "N" };

export class Drawing {
  /**
   * @param {import("./text.js").ArticleText} text
   * @param {HTMLElement} margin where the letters stand; its box begins where the text's does
   */
  constructor(text, margin) {
    this.text = text;
    this.margin = margin;
    this.ranges = new Map();
    this.shown = [];
    if (margin) new ResizeObserver(() => this.letter()).observe(text.root);
  }

  /**
   * Draw claims, each by its `look` (a highlight of the sheet) and its `letter`.
   * @param {{id: string, start: number, end: number, look: string, letter: string}[]} claims
   */
  show(claims) {
    const looks = new Map();
    for (const claim of claims) {
      if (!looks.has(claim.look)) looks.set(claim.look, []);
      looks.get(claim.look).push(this.range(claim));
    }
    for (const name of this.names ?? []) CSS.highlights?.delete(name);
    this.names = [...looks.keys()];
    for (const [name, ranges] of looks) this.#highlight(name, ranges, 0);
    this.shown = claims;
    this.letter();
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
    CSS.highlights?.delete("current");
    if (claim) this.#highlight("current", [this.range(claim)], 1);
  }

  #highlight(name, ranges, priority) {
    if (!window.Highlight) return;
    const highlight = new Highlight(...ranges);
    highlight.priority = priority;
    CSS.highlights.set(name, highlight);
  }

  /** Write each claim's letter into the margin, beside the line it begins in; several of one line stand in a row. */
  letter() {
    if (!this.margin) return;
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
      mark.append(...found.map(({ claim }) => letterOf(claim)));
      return mark;
    });
    this.margin.replaceChildren(...marks);
  }

  /** Bring a claim into the part of the window between `above` and `below` pixels from its edges, if it is not there. */
  reveal(claim, { above = 72, below = 120, smooth = true } = {}) {
    const box = this.range(claim).getBoundingClientRect();
    const room = innerHeight - above - below;
    if (box.top >= above && box.bottom <= innerHeight - below) return;
    const offset = box.height > room ? above : above + (room - box.height) / 3;
    const calm = !smooth || matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollTo({ top: scrollY + box.top - offset, behavior: calm ? "instant" : "smooth" });
  }
}

function letterOf({ look, letter }) {
  const one = document.createElement("b");
  one.className = look;
  one.textContent = letter;
  return one;
}
