/** The editor of units: the text left, one unit right; every key does what a form of the page does, through the API. */

import { Edits } from "./editor/edits.js";
import { UnitList } from "./editor/list.js";
import { Turns } from "./editor/turns.js";
import { Units } from "./editor/units.js";
import { Drawing } from "./lib/drawing.js";
import { shortcut } from "./lib/keys.js";
import { claimAt, told } from "./lib/order.js";
import { Propositions } from "./lib/propositions.js";
import { ArticleText } from "./lib/text.js";
import { addingWhenOpen, pickingWhenWanted } from "./lib/wanted.js";
import { follow } from "./live.js";

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("editor-data").textContent);
const { words, article, language } = data;
const text = new ArticleText($("text"));
const drawing = new Drawing(text, $("margin"));
const list = new UnitList({ size: data.listed, words, quoteOf: (unit) => units.quote(unit) });
const units = new Units(data.units, data.current, { text, drawing, list, shown });
const turns = new Turns(() => propositions.flush());
const propositions = new Propositions({
  article,
  words,
  current: () => units.current,
  find: (id) => units.find(id),
  queue: (act) => turns.queue(act),
  stored: (unit, claim) => edits.took(unit, claim),
  gone: () => edits.reload(),
});
const edits = new Edits({ units, turns, propositions, article, language, words });
const adding = addingWhenOpen($("add"), { text, drawing });
const pick = pickingWhenWanted({ text, drawing, from: () => units.current?.start ?? 0, make: addSelected });
let caret = null;
let isLeaving = false;

/** The current unit on the card, or that there is none. */
function shown(unit) {
  const { all, place } = units;
  $("count").textContent = all.length;
  $("quote").textContent = unit ? units.quote(unit) : "";
  const where = unit ? told(words.place, { n: place + 1, all: all.length }) : words.none;
  // What is shown anew because others did something is not told again.
  if (unit && $("place").textContent !== where) $("said").textContent = where;
  $("place").textContent = where;
  propositions.show(unit);
  if (!unit) return;
  $("merge-next").querySelector("button").disabled = place + 1 >= all.length;
  list.step(all[place - 1], all[place + 1]);
}

function go(to) {
  turns.take(() => units.go(to()) && edits.say(""));
}

/** The code point where the caret stands, or the selection begins; where it last did once a button has the focus. */
function placed() {
  const selection = getSelection();
  const inside = selection.rangeCount && text.root.contains(selection.anchorNode);
  if (inside) caret = text.offsets.toPoints(text.unit(selection.getRangeAt(0), "start"));
  return caret;
}

function cut() {
  const at = placed();
  turns.take(() => edits.split(at));
}

function addSelected(span) {
  if (span) turns.take(() => edits.add(span));
  else edits.say(words.nothing);
}

const KEYS = {
  j: () => go(() => units.place + 1),
  k: () => go(() => units.place - 1),
  m: () => turns.take(() => edits.merge(units.all.slice(units.place, units.place + 2))),
  s: cut,
  d: () => turns.take(() => edits.dismiss()),
  z: (event) => turns.take(() => edits.undo(Boolean(event?.shiftKey))),
  a: () => addSelected(text.selected()),
  v: () => turns.queue(pick),
  e: () => $("proposition").elements.proposition.focus(),
  "[": () => turns.queue(() => edits.trim("start", -1)),
  "{": () => turns.queue(() => edits.trim("start", 1)),
  "]": () => turns.queue(() => edits.trim("end", 1)),
  "}": () => turns.queue(() => edits.trim("end", -1)),
  "?": () => ($("keys").open = !$("keys").open),
};
Object.assign(KEYS, { ArrowDown: KEYS.j, ArrowUp: KEYS.k });
const WITHOUT_UNITS = "avz?";

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.blur?.();
  const key = shortcut(event);
  if (!key || !KEYS[key] || (!units.current && !WITHOUT_UNITS.includes(key))) return;
  event.preventDefault();
  KEYS[key](event);
});
document.addEventListener("selectionchange", placed);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="?unit="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const id = new URLSearchParams(link.search).get("unit");
  go(() => units.all.findIndex((unit) => unit.id === id));
});
text.root.addEventListener("click", ({ clientX, clientY }) => {
  const point = getSelection().isCollapsed ? text.at(clientX, clientY) : null;
  const unit = point === null ? null : claimAt(units.all, point);
  if (unit) go(() => units.all.indexOf(unit));
});

function submitting(form, act) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(event);
  });
}

submitting($("merge-next"), KEYS.m);
submitting($("merge-form"), () => {
  const ticked = new Set(new FormData($("merge-form")).getAll("claims"));
  turns.take(() => edits.merge(units.all.filter((unit) => ticked.has(unit.id))));
});
submitting($("dismiss"), KEYS.d);
submitting($("proposition"), () => turns.take(() => null));
$("split-here").addEventListener("click", cut);
$("undo").addEventListener("click", () => KEYS.z());
$("redo").addEventListener("click", () => KEYS.z({ shiftKey: true }));
for (const each of document.querySelectorAll("[data-end]")) {
  each.addEventListener("click", () => turns.queue(() => edits.trim(each.dataset.end, Number(each.dataset.step))));
}
submitting($("add-form"), () => turns.take(async () => {
  const form = await adding();
  if (await edits.add(form.body)) form.clear();
}));
submitting($("open-form"), () => turns.take(() => {
  if (propositions.unsaved()) return edits.say(words.unsent);
  isLeaving = true;
  $("open-form").submit();
}));
const isUnsaved = () => turns.isBusy || propositions.unsaved();
const mayChange = () => document.activeElement !== $("proposition").elements.proposition && !propositions.unsaved();
follow(() => {
  if (!mayChange() || turns.isBusy) return false;
  return new Promise((done) => turns.take(async () => done(await edits.reload(mayChange).catch(() => false))));
});
window.addEventListener("beforeunload", (event) => !isLeaving && isUnsaved() && event.preventDefault());

units.draw();
units.show({ reveal: location.search !== "" || $("card").offsetParent === null });
