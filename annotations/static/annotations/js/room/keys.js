/** What the keys of the room do, and when they are left to what has the focus. */

import { shortcut } from "../lib/keys.js";

const LABEL_KEYS = { 1: "attributed_statement", 2: "verifiable_fact", 3: "opinion", u: "unsure", n: "not_a_claim" };
const KIND_KEYS = { f: "fact", e: "evaluation", p: "prediction", d: "directive", c: "commissive" };
// Where a part is typed, or taken.
const PARTS = { s: ["source", "#id_source_name"], v: ["cue", "#id_cue"], t: ["content", '[data-take="content"]'] };

const $ = (id) => document.getElementById(id);

/** @param {object} room `form`, `step(by)`, `next()`, `choose(name, value)`, `taken(act)`, `selecting()`, for managers `add()` */
export function listen(room) {
  const keys = {
    j: () => room.step(1),
    k: () => room.step(-1),
    Enter: () => room.next(),
    r: () => $("id_rationale").focus(),
    b: () => $("codebook-link")?.click(),
    h: () => toggle($("hand-in")),
    i: () => room.add?.(),
    "?": () => toggle($("keys")),
    ArrowLeft: ({ shiftKey }) => room.taken((taking) => taking.step("ArrowLeft", shiftKey)),
    ArrowRight: ({ shiftKey }) => room.taken((taking) => taking.step("ArrowRight", shiftKey)),
  };
  Object.assign(keys, { ArrowDown: keys.j, ArrowUp: keys.k });
  for (const [key, label] of Object.entries(LABEL_KEYS)) keys[key] = () => room.choose("label", label);
  for (const [key, kind] of Object.entries(KIND_KEYS)) keys[key] = () => room.choose("content_kind", kind);
  for (const [key, [part, field]] of Object.entries(PARTS)) keys[key] = () => press(room, part, document.querySelector(field));
  for (const { dataset, value } of document.querySelectorAll("[name=flags][data-key]")) keys[dataset.key] = () => room.taken((taking) => taking.pressFlag(value));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(event.target);
    const key = shortcut(event);
    if (!key || !keys[key]) return;
    event.preventDefault();
    keys[key](event);
  });
  room.form.addEventListener("keydown", (event) => goesOn(event) && (event.preventDefault(), room.form.requestSubmit()), true);
}

/** Enter in the reason, and with Ctrl in the note, goes on as it does in fields of one line. */
function goesOn({ target, key, isComposing, shiftKey, ctrlKey, metaKey }) {
  if (key !== "Enter" || isComposing || !target.matches("textarea")) return false;
  return target.id === "id_reason" ? !shiftKey : ctrlKey || metaKey;
}

/** A part's key: takes the words that are selected, else leads to its field, at once, for the next key is typed there. */
function press(room, part, field) {
  if ($("fields").disabled || !field.checkVisibility()) return;
  if (room.selecting()) room.taken((taking) => taking.pressPart(part, field));
  else field.focus();
}

function leave(target) {
  const open = target.closest("details[open]:not(.sheet)") ?? document.querySelector("#hand-in[open]");
  if (open) open.open = false;
  target.blur();
}

function toggle(details) {
  details.open = !details.open;
  if (details.open) details.querySelector("summary").focus({ preventScroll: true });
}
