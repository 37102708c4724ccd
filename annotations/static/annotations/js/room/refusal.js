/** A label that was refused: why, at which field, and where two of mine differ both of them, side by side. */

import { blank, fieldsOf } from "../lib/label.js";
import { told } from "../lib/order.js";

const $ = (id) => document.getElementById(id);

/** Tell what refused the claim's label. */
export function tellRefusal(card, words, wordsOf, fields, { body, status }) {
  const rest = card.tell(body?.errors ?? {});
  $("refused").hidden = false;
  const stale = status === 412;
  $("both").hidden = !stale;
  $("theirs").textContent = stale ? words.takeOther : words.discard;
  $("why").textContent = stale ? told(words.stale, { label: words.labels[body.current.label] ?? "–" }) : [body?.detail, ...rest].join(" ");
  $("both").querySelector("tbody").replaceChildren(...(stale ? differences(card, wordsOf, fields, fieldsOf(body.current)) : []));
}

/** A row for each field in which two versions differ. */
function differences(card, wordsOf, mine, theirs) {
  const say = (name, value) => (name === "spans" ? placed(card.form, value, wordsOf) : card.words(name, value, wordsOf));
  const differs = Object.keys(blank()).filter((name) => say(name, mine[name]) !== say(name, theirs[name]));
  return differs.map((name) => {
    const cells = [mine, theirs].map((each) => Object.assign(document.createElement("td"), { dir: "auto", textContent: say(name, each[name]) || "–" }));
    const head = Object.assign(document.createElement("th"), { scope: "row", textContent: card.caption(name) });
    const row = document.createElement("tr");
    row.append(head, ...cells);
    return row;
  });
}

/** The words of an attribution's parts, each with the name of the part. */
function placed(form, spans, wordsOf) {
  const parts = Object.entries(spans).filter(([, span]) => span);
  return parts.map(([part, span]) => `${form.querySelector(`[data-part="${part}"]`).dataset.name}: “${wordsOf(span)}”`).join("; ");
}
