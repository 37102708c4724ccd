/** Reading a source beside a claim: the words that are selected in it become the exact quote, with their place. */

import { shortcut } from "./lib/keys.js";
import { ArticleText } from "./lib/text.js";
import { pickingWhenWanted } from "./lib/wanted.js";

const $ = (id) => document.getElementById(id);
const text = new ArticleText($("text"));
const form = $("quote-form");
const quote = form?.elements.quote;
const start = form?.elements.quote_start;

/** Draw what is quoted where it stands. */
function draw() {
  const place = start.value === "" ? -1 : Number(start.value);
  const length = [...quote.value].length;
  const fits = place >= 0 && place + length <= text.offsets.length;
  const range = fits && length ? text.range(place, place + length) : null;
  // Typed over, the words have another place, or none: the server looks for them.
  if (range && range.toString() !== quote.value) start.value = "";
  CSS.highlights?.set("quoted", range && start.value !== "" ? new Highlight(range) : new Highlight());
}

function take(span) {
  if (!span || !form) return;
  quote.value = text.range(span.start, span.end).toString();
  start.value = span.start;
  draw();
  quote.dispatchEvent(new Event("input", { bubbles: true }));
  form.elements.stance.focus();
}

const reveal = ({ start: from, end }) => {
  const { top, bottom } = text.range(from, end).getBoundingClientRect();
  if (top < 80 || bottom > innerHeight - 160) scrollBy({ top: top - innerHeight / 3 });
};
const first = () => text.between(0, innerHeight).start;
const pick = form && pickingWhenWanted({ text, drawing: { reveal }, from: first, make: take });

if (form) {
  let selected = null;
  const button = $("take-quote");
  // Pressing the button may take the selection away before it hears of that.
  for (const act of ["pointerdown", "keydown"]) button.addEventListener(act, () => (selected = text.selected()));
  button.addEventListener("click", () => take(text.selected() ?? selected));
  quote.addEventListener("input", draw);
  draw();
  document.addEventListener("keydown", (event) => {
    const act = { q: () => take(text.selected()), v: pick }[shortcut(event)];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
