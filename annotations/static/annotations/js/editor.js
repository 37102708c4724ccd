/** The editor of units: the text left, one unit right; every key does what a form of the page does, through the API. */

import { fillFromSelection } from "./lib/adding.js";
import { Drawing } from "./lib/drawing.js";
import { request } from "./lib/http.js";
import { shortcut } from "./lib/keys.js";
import { claimAt, told } from "./lib/order.js";
import { Propositions } from "./lib/propositions.js";
import { ArticleText } from "./lib/text.js";
import { UnitList } from "./lib/units.js";
import { nudged, shortened } from "./lib/words.js";

const PAUSE = 400;

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("editor-data").textContent);
const { words } = data;
const text = new ArticleText($("text"));
const drawing = new Drawing(text, $("margin"));
const article = `/api/v1/articles/${data.article}`;
let units = data.units;
let place = Math.max(0, units.findIndex((unit) => unit.id === data.current));
let dismissed = null;
let later = null;
let caret = null;
// One request at a time, in the order of the keys: each needs the version that the one before left.
let last = Promise.resolve();
let waiting = 0;
let isLeaving = false;

const current = () => units[place];
const quote = (unit) => text.range(unit.start, unit.end).toString();
const list = new UnitList(quote);
const find = (id) => units.find((unit) => unit.id === id);
const propositions = new Propositions({ article: data.article, words, current, find, queue, stored: took, gone: reload });

function show({ reveal = true } = {}) {
  const unit = current();
  $("count").textContent = units.length;
  drawing.point(unit);
  list.mark(unit);
  $("quote").textContent = unit ? quote(unit) : "";
  $("place").textContent = words.none;
  propositions.show(unit);
  if (!unit) return;
  $("place").textContent = $("said").textContent = told(words.place, { n: place + 1, all: units.length });
  $("merge-next").querySelector("button").disabled = place + 1 >= units.length;
  list.step(units[place - 1], units[place + 1]);
  if (reveal) drawing.reveal(unit);
}

/** Draw all units anew and bring the list into line with them. */
function draw() {
  units.sort((one, other) => one.start - other.start || one.end - other.end);
  units.forEach((unit, n) => Object.assign(unit, { look: n % 2 ? "unit" : "other-unit", letter: String(n + 1) }));
  drawing.show(units);
  list.order(units);
}

function say(sentence, ...more) {
  $("refused").hidden = !sentence;
  $("refused").className = more.length ? "notice" : "error";
  $("refused").replaceChildren(sentence, ...more);
}

function go(to) {
  if (!units[to] || to === place) return;
  say("");
  place = to;
  show();
  history.replaceState(null, "", `?unit=${current().id}`);
}

/** Do something once everything before it is done. */
function queue(act) {
  waiting += 1;
  last = last.then(act).catch(() => null).finally(() => (waiting -= 1));
}

/** The same, after what waits for a pause has been sent. */
function inTurn(act) {
  queue(async () => {
    clearTimeout(later?.timer);
    const sending = later;
    later = null;
    await sending?.run();
    await propositions.flush();
    await act();
  });
}

/** One request: what it gave, or null after telling why not. */
async function write(method, path, options) {
  const { status, body } = await request(method, path, options);
  if (status >= 200 && status < 300) {
    say("");
    return body ?? {};
  }
  if (status === 412) await reload();
  const why = Object.values(body?.errors ?? { body: [body?.detail ?? ""] }).flat().join(" ");
  say(status === 0 ? words.notStored : status === 412 ? words.stale : why);
  return null;
}

async function reload() {
  const id = current()?.id;
  const found = [];
  for (let path = `${article}/claims/`; path; ) {
    const { status, body } = await request("GET", path);
    if (status !== 200) return;
    found.push(...body.results);
    path = body.next;
  }
  units = found;
  place = Math.max(0, units.findIndex((unit) => unit.id === id));
  draw();
  show({ reveal: false });
}

/** Put what the server made in the place of what it was made from, and go there. */
function replace(old, made) {
  const gone = new Set(old.map((unit) => unit.id));
  units = [...units.filter((unit) => !gone.has(unit.id)), ...made];
  draw();
  place = made.length ? units.indexOf(made[0]) : Math.min(place, units.length - 1);
  show();
}

async function merge(chosen) {
  if (chosen.length < 2) return say(words.last);
  if (propositions.unsaved(chosen)) return say(words.unsent);
  const made = await write("POST", `${article}/merge/`, { body: { claims: chosen.map((unit) => unit.id) } });
  if (made) replace(chosen, [made]);
}

async function split(at) {
  const unit = current();
  if (!unit || at === null || at <= unit.start || at >= unit.end) return say(words.cut);
  if (propositions.unsaved([unit])) return say(words.unsent);
  const made = await write("POST", `/api/v1/claims/${unit.id}/split/`, { body: { at }, version: unit.version });
  if (made) replace([unit], made);
}

/** The code point where the caret stands, or the selection begins; where it last did once a button has the focus. */
function placed() {
  const selection = getSelection();
  const inside = selection.rangeCount && text.root.contains(selection.anchorNode);
  if (inside) caret = text.offsets.toPoints(text.unit(selection.getRangeAt(0), "start"));
  return caret;
}

async function add(body) {
  const made = await write("POST", `${article}/claims/`, { body });
  if (!made) return false;
  getSelection().removeAllRanges();
  replace([], [made]);
  return true;
}

async function dismiss() {
  const unit = current();
  if (!unit) return;
  if (propositions.unsaved([unit])) return say(words.unsent);
  const gone = await write("DELETE", `/api/v1/claims/${unit.id}/`, { version: unit.version });
  if (!gone) return;
  dismissed = unit;
  replace([unit], []);
  const again = document.createElement("button");
  Object.assign(again, { type: "button", className: "button button--small", textContent: words.undo, onclick: undo });
  say(`${told(words.dismissed, { quote: shortened(quote(unit)) })} `, again);
}

function undo() {
  inTurn(async () => {
    const { start, end, kind, proposition } = dismissed ?? {};
    if (dismissed && (await add({ start, end, kind, proposition }))) dismissed = null;
  });
}

/** Move an end over one word; the request goes when the keys pause. */
function trim(end, step_) {
  const unit = current();
  if (!unit) return;
  const { start, end: stop } = nudged(text, unit, end, step_, data.language);
  if (start === unit.start && stop === unit.end) return;
  Object.assign(unit, { start, end: stop, before: unit.before ?? { start: unit.start, end: unit.end } });
  drawing.show(units);
  show({ reveal: false });
  wait(`span ${unit.id}`, async () => {
    const before = unit.before;
    unit.before = undefined;
    const { version } = unit;
    const made = await write("PATCH", `/api/v1/claims/${unit.id}/`, { body: { start, end: stop }, version });
    if (made) propositions.follow(unit.id, version, made.version);
    took(unit, made ?? before);
    if (made) $("saved").textContent = words.saved;
  });
}

function took(unit, made) {
  if (!units.includes(unit)) return;
  const typing = document.activeElement === $("proposition").elements.proposition;
  Object.assign(unit, made);
  list.rename(unit);
  drawing.show(units);
  if (unit === current() && !typing) show({ reveal: false });
}

/** Send when the keys pause; another kind of change, or one of another unit, goes first. */
function wait(what, run) {
  clearTimeout(later?.timer);
  if (later && later.what !== what) queue(later.run);
  $("saved").textContent = "";
  later = { what, run, timer: setTimeout(() => inTurn(() => null), PAUSE) };
}

function cut() {
  const at = placed();
  inTurn(() => split(at));
}

function addSelected(span) {
  if (span) inTurn(() => add(span));
  else say(words.nothing);
}

const KEYS = {
  j: () => inTurn(() => go(place + 1)),
  k: () => inTurn(() => go(place - 1)),
  m: () => inTurn(() => merge(units.slice(place, place + 2))),
  s: cut,
  d: () => inTurn(dismiss),
  z: undo,
  a: () => addSelected(text.selected()),
  e: () => $("proposition").elements.proposition.focus(),
  "[": () => queue(() => trim("start", -1)),
  "{": () => queue(() => trim("start", 1)),
  "]": () => queue(() => trim("end", 1)),
  "}": () => queue(() => trim("end", -1)),
  "?": () => ($("keys").open = !$("keys").open),
};
Object.assign(KEYS, { ArrowDown: KEYS.j, ArrowUp: KEYS.k });

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") event.target.blur?.();
  const key = shortcut(event);
  if (!key || !KEYS[key] || (!current() && !"az?".includes(key))) return;
  event.preventDefault();
  KEYS[key]();
});
document.addEventListener("selectionchange", placed);
document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href^="?unit="]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const id = new URLSearchParams(link.search).get("unit");
  inTurn(() => go(units.findIndex((unit) => unit.id === id)));
});
text.root.addEventListener("click", ({ clientX, clientY }) => {
  const point = getSelection().isCollapsed ? text.at(clientX, clientY) : null;
  const unit = point === null ? null : claimAt(units, point);
  if (unit) inTurn(() => go(units.indexOf(unit)));
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
  inTurn(() => merge(units.filter((unit) => ticked.has(unit.id))));
});
submitting($("dismiss"), KEYS.d);
submitting($("proposition"), () => inTurn(() => null));
$("split-here").addEventListener("click", cut);
for (const each of document.querySelectorAll("[data-end]")) {
  each.addEventListener("click", () => queue(() => trim(each.dataset.end, Number(each.dataset.step))));
}
submitting($("add-form"), () => {
  const { exact, before, start, end } = $("add-form").elements;
  const whole = { start: Number(start.value), end: Number(end.value) };
  const body = start.value ? whole : { exact: exact.value.trim(), prefix: before.value };
  inTurn(async () => (await add(body)) && $("add-form").reset());
});
fillFromSelection($("add-form"), text, () => $("add").open);
submitting($("open-form"), () => inTurn(() => {
  if (propositions.unsaved()) return say(words.unsent);
  isLeaving = true;
  $("open-form").submit();
}));
const isUnsaved = () => later || waiting || propositions.unsaved();
window.addEventListener("beforeunload", (event) => !isLeaving && isUnsaved() && event.preventDefault());

draw();
show({ reveal: location.search !== "" || $("card").offsetParent === null });
