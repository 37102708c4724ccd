/** The editor of units: the text left, one unit right; every key does what a form of the page does, through the API. */

import { fillFromSelection } from "./lib/adding.js";
import { Drawing } from "./lib/drawing.js";
import { request } from "./lib/http.js";
import { shortcut } from "./lib/keys.js";
import { claimAt, told } from "./lib/order.js";
import { ArticleText } from "./lib/text.js";
import { moved, pieces, shortened } from "./lib/words.js";

const AROUND = 400;
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

const current = () => units[place];
const quote = (unit) => text.range(unit.start, unit.end).toString();

/* showing */

function show({ reveal = true } = {}) {
  const unit = current();
  $("card").hidden = !unit;
  $("count").textContent = units.length;
  drawing.point(unit);
  markItem();
  if (!unit) return;
  $("place").textContent = $("said").textContent = told(words.place, { n: place + 1, all: units.length });
  $("quote").textContent = quote(unit);
  $("proposition").elements.proposition.value = unit.proposition;
  $("merge-next").querySelector("button").disabled = place + 1 >= units.length;
  step($("before"), units[place - 1]);
  step($("after"), units[place + 1]);
  if (reveal) drawing.reveal(unit);
}

function step(link, unit) {
  link.toggleAttribute("aria-disabled", !unit);
  if (unit) link.href = `?unit=${unit.id}`;
  else link.removeAttribute("href");
}

function markItem() {
  $("units").querySelector("[aria-current]")?.removeAttribute("aria-current");
  const link = current() && $(`unit-${current().id}`)?.querySelector("a");
  link?.setAttribute("aria-current", "true");
  const box = $("units").getBoundingClientRect();
  const item = link?.getBoundingClientRect();
  if (item && (item.top < box.top || item.bottom > box.bottom)) $("units").scrollTop += item.top - box.top - box.height / 3;
}

/** Draw all units anew and bring the list into line with them. */
function draw() {
  units.sort((one, other) => one.start - other.start || one.end - other.end);
  units.forEach((unit, n) => Object.assign(unit, { look: n % 2 ? "unit" : "other-unit", letter: String(n + 1) }));
  drawing.show(units);
  const known = new Map([...$("units").children].map((item) => [item.id, item]));
  const items = units.map((unit) => known.get(`unit-${unit.id}`) ?? newItem(unit));
  if (items.length !== known.size || items.some((item, n) => item !== $("units").children[n])) $("units").replaceChildren(...items);
}

function newItem(unit) {
  const item = $("unit-item").content.firstElementChild.cloneNode(true);
  item.id = `unit-${unit.id}`;
  item.querySelector("input").value = unit.id;
  const link = item.querySelector("a");
  link.href = `?unit=${unit.id}`;
  link.textContent = shortened(quote(unit));
  return item;
}

function say(sentence, ...more) {
  $("refused").hidden = !sentence;
  $("refused").replaceChildren(sentence, ...more);
}

function go(to) {
  if (!units[to] || to === place) return;
  say("");
  store();
  place = to;
  show();
  history.replaceState(null, "", `?unit=${current().id}`);
}

/* writing */

/** After everything before it: one request; what it gave, or null after telling why not. */
function write(method, path, options) {
  last = last.then(async () => {
    const { status, body } = await request(method, path, options());
    if (status >= 200 && status < 300) {
      say("");
      return body ?? {};
    }
    if (status === 412) await reload();
    say(status === 0 ? words.away : status === 412 ? words.stale : Object.values(body?.errors ?? { body: [body?.detail ?? ""] }).flat().join(" "));
    return null;
  });
  return last;
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
  await settled();
  const made = await write("POST", `${article}/merge/`, () => ({ body: { claims: chosen.map((unit) => unit.id) } }));
  if (made) replace(chosen, [made]);
}

async function split() {
  const unit = current();
  const at = placed();
  if (at === null || at <= unit.start || at >= unit.end) return say(words.cut);
  await settled();
  const made = await write("POST", `/api/v1/claims/${unit.id}/split/`, () => ({ body: { at }, version: unit.version }));
  if (made) replace([unit], made);
}

/** The code point where the caret stands, or the selection begins; where it last did once a button has the focus. */
function placed() {
  const selection = getSelection();
  const inside = selection.rangeCount && text.root.contains(selection.anchorNode);
  if (inside) caret = text.offsets.toPoints(text.unit(selection.getRangeAt(0), "start"));
  return caret;
}

async function add(span, proposition = "") {
  if (!span) return say(words.nothing);
  const { start, end } = span;
  const made = await write("POST", `${article}/claims/`, () => ({ body: { start, end, proposition } }));
  if (!made) return;
  getSelection().removeAllRanges();
  replace([], [made]);
}

async function dismiss() {
  const unit = current();
  await settled();
  const gone = await write("DELETE", `/api/v1/claims/${unit.id}/`, () => ({ version: unit.version }));
  if (!gone) return;
  dismissed = unit;
  replace([unit], []);
  const undoing = Object.assign(document.createElement("button"), { type: "button", className: "button button--small", textContent: words.undo });
  undoing.addEventListener("click", undo);
  say(`${told(words.dismissed, { quote: shortened(quote(unit)) })} `, undoing);
  $("card").hidden = false;
}

async function undo() {
  const unit = dismissed;
  dismissed = null;
  if (unit) await add(unit, unit.proposition);
}

/** Move an end over one word; the request goes when the keys pause. */
function trim(end, step_) {
  const unit = current();
  const { offsets, content } = text;
  const from = Math.max(0, offsets.toUnits(unit.start) - AROUND);
  const around = content.slice(from, offsets.toUnits(unit.end) + AROUND);
  const span = { start: offsets.toUnits(unit.start) - from, end: offsets.toUnits(unit.end) - from };
  const wanted = moved(span, end, step_, pieces(around, data.language));
  const [start, stop] = [offsets.toPoints(wanted.start + from), offsets.toPoints(wanted.end + from)];
  if (start === unit.start && stop === unit.end) return;
  Object.assign(unit, { start, end: stop, before: unit.before ?? { start: unit.start, end: unit.end } });
  drawing.show(units);
  show({ reveal: false });
  wait(unit, async () => {
    const before = unit.before;
    unit.before = undefined;
    const made = await write("PATCH", `/api/v1/claims/${unit.id}/`, () => ({ body: { start, end: stop }, version: unit.version }));
    took(unit, made ?? before);
  });
}

function propose() {
  const unit = current();
  const { value } = $("proposition").elements.proposition;
  wait(unit, async () => {
    const options = () => ({ body: { proposition: value }, version: unit.version });
    const made = await write("PATCH", `/api/v1/claims/${unit.id}/`, options);
    if (made) took(unit, made);
  });
}

function took(unit, made) {
  const typing = document.activeElement === $("proposition").elements.proposition;
  Object.assign(unit, made);
  $(`unit-${unit.id}`).querySelector("a").textContent = shortened(quote(unit));
  drawing.show(units);
  if (unit === current() && !typing) show({ reveal: false });
  if (made.version) $("saved").textContent = words.saved;
}

function wait(unit, run) {
  if (later && later.unit !== unit) store();
  clearTimeout(later?.timer);
  $("saved").textContent = "";
  later = { unit, run, timer: setTimeout(store, PAUSE) };
}

/** Send now what waits for a pause. */
function store() {
  clearTimeout(later?.timer);
  const waiting = later;
  later = null;
  return waiting?.run();
}

async function settled() {
  await store();
  await last;
}

/* wiring */

const withNext = () => units.slice(place, place + 2);
const KEYS = {
  j: () => go(place + 1),
  k: () => go(place - 1),
  ArrowDown: () => go(place + 1),
  ArrowUp: () => go(place - 1),
  m: () => merge(withNext()),
  s: split,
  d: dismiss,
  z: undo,
  a: () => add(text.selected()),
  e: () => $("proposition").elements.proposition.focus(),
  "[": () => trim("start", -1),
  "{": () => trim("start", 1),
  "]": () => trim("end", 1),
  "}": () => trim("end", -1),
  "?": () => ($("keys").open = !$("keys").open),
};

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
  go(units.findIndex((unit) => unit.id === new URLSearchParams(link.search).get("unit")));
});
text.root.addEventListener("click", ({ clientX, clientY }) => {
  const point = getSelection().isCollapsed ? text.at(clientX, clientY) : null;
  const unit = point === null ? null : claimAt(units, point);
  if (unit && unit !== current()) go(units.indexOf(unit));
});

function submitting(form, act) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    act(event);
  });
}

submitting($("merge-next"), () => merge(withNext()));
submitting($("merge-form"), () => {
  const ticked = new Set(new FormData($("merge-form")).getAll("claims"));
  merge(units.filter((unit) => ticked.has(unit.id)));
});
submitting($("dismiss"), dismiss);
submitting($("proposition"), store);
$("proposition").addEventListener("input", propose);
$("split-here").addEventListener("click", split);
for (const each of document.querySelectorAll("[data-end]")) {
  each.addEventListener("click", () => trim(each.dataset.end, Number(each.dataset.step)));
}
submitting($("add-form"), async () => {
  const { exact, before, start, end } = $("add-form").elements;
  const body = start.value ? { start: Number(start.value), end: Number(end.value) } : { exact: exact.value.trim(), prefix: before.value };
  const made = await write("POST", `${article}/claims/`, () => ({ body }));
  if (!made) return;
  $("add-form").reset();
  replace([], [made]);
});
fillFromSelection($("add-form"), text, () => $("add").open);
submitting($("open-form"), async () => {
  await settled();
  $("open-form").submit();
});
window.addEventListener("beforeunload", (event) => later && event.preventDefault());

draw();
show({ reveal: location.search !== "" || $("card").offsetParent === null });
