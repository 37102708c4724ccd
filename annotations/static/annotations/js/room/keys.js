/** What the keys of the room do, and when they are left to what has the focus. */

import { shortcut } from "../lib/keys.js";

const LABEL_KEYS = { 1: "attributed_statement", 2: "verifiable_fact", 3: "opinion", u: "unsure", n: "not_a_claim" };
const KIND_KEYS = { f: "fact", e: "evaluation", p: "prediction", d: "directive", c: "commissive" };
const PART_KEYS = { s: "source", v: "cue", t: "content" };

const $ = (id) => document.getElementById(id);

/** @param {object} room `go(to)`, `step(by)`, `next()`, `choose(name, value)`, `taking`, and for managers `add()` */
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
    ArrowLeft: ({ shiftKey }) => room.taking.step("ArrowLeft", shiftKey),
    ArrowRight: ({ shiftKey }) => room.taking.step("ArrowRight", shiftKey),
  };
  Object.assign(keys, { ArrowDown: keys.j, ArrowUp: keys.k });
  for (const [key, label] of Object.entries(LABEL_KEYS)) keys[key] = () => room.choose("label", label);
  for (const [key, kind] of Object.entries(KIND_KEYS)) keys[key] = () => room.choose("content_kind", kind);
  for (const [key, part] of Object.entries(PART_KEYS)) keys[key] = () => room.taking.pressPart(part);
  for (const { dataset, value } of document.querySelectorAll("[name=flags][data-key]")) keys[dataset.key] = () => room.taking.pressFlag(value);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave(event.target);
    const key = shortcut(event);
    if (!key || !keys[key] || (key.length === 1 && !$("single-keys").checked)) return;
    event.preventDefault();
    keys[key](event);
  });
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
