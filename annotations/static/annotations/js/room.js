/** The labelling room: one claim at a time, by keys or by hand; saved at once, and kept until it is. */

import { Card } from "./lib/card.js";
import { Drawing, LETTERS } from "./lib/drawing.js";
import { Handing } from "./lib/handing.js";
import { request } from "./lib/http.js";
import { draftsUnder, remember, remembered } from "./lib/kept.js";
import { shortcut } from "./lib/keys.js";
import { ABSTENTIONS, asksForMore, contentOf, fieldsOf, flagged } from "./lib/label.js";
import { claimAt, nextOpen, told } from "./lib/order.js";
import { Saver } from "./lib/saver.js";
import { Strip } from "./lib/strip.js";
import { ArticleText } from "./lib/text.js";

const TYPING_PAUSE = 400;
const LABEL_KEYS = { 1: "attributed_statement", 2: "verifiable_fact", 3: "opinion", u: "unsure", n: "not_a_claim" };
const KIND_KEYS = { f: "fact", e: "evaluation", p: "prediction", d: "directive", c: "commissive" };

// What is as it is for most claims is not sent.
const USUAL = { told: "", settled: null, locked: "", closed: false, version: 0, seconds: 0, mine: null };

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("room-data").textContent);
const { words } = data;
const claims = data.claims.map((claim) => ({ ...USUAL, ...claim }));
const text = new ArticleText($("text"));
const drawing = new Drawing(text, $("margin"));
const card = new Card($("label-form"));
const byId = new Map(claims.map((claim, n) => [claim.id, n]));
let place = data.current;
let changed = "label";
let byArrow = false;
let flagSpan = null;

const saver = new Saver({
  contentOf,
  send: (id, { content, version, key }) => {
    const keepalive = document.visibilityState === "hidden";
    return request("PUT", `/api/v1/claims/${id}/label/`, { body: content, version, key, keepalive });
  },
  store: draftsUnder(`label-drafts:${data.user}:${data.article}:`),
  tell: hear,
});

const current = () => claims[place];
const wordsOf = (span) => text.range(span.start, span.end).toString();
const waits = (claim) => saver.fields(claim.id) !== undefined;
const strip = new Strip($("ticks"), { claims, words, place, size: data.ticks, quoteOf: wordsOf, waits });
const handing = new Handing(claims, saver, words, (claim) => strip.item(claim));

function show({ reveal = true, smooth = true } = {}) {
  const claim = current();
  $("place").textContent = $("said").textContent = told(words.place, { n: place + 1, all: claims.length });
  $("quote").textContent = wordsOf(claim);
  $("quote").scrollTop = 0;
  say("told", claim.told);
  say("locked", claim.locked);
  $("saved").textContent = "";
  $("fields").disabled = Boolean(claim.locked);
  if ($("decides")) $("decides").hidden = Boolean(claim.locked || claim.mine);
  $("history").href = `/claims/${claim.id}/`;
  card.form.action = `/claims/${claim.id}/label/`;
  card.write(claim.fields, wordsOf);
  card.markSaved();
  card.step(claims[place - 1], claims[place + 1]);
  strip.point(place);
  $("hand-in-form").elements.claim.value = claim.id;
  drawing.point(claim);
  tellRefusal();
  if (reveal) drawing.reveal(claim, smooth);
  history.replaceState(null, "", `?claim=${claim.id}`);
}

/** A sentence in its place, or the place hidden. */
function say(id, sentence) {
  $(id).textContent = sentence;
  $(id).hidden = !sentence;
}

function go(to) {
  if (to === null || !claims[to] || to === place) return;
  place = to;
  saver.flush();
  show();
}

function change(name, wait = 0) {
  const claim = current();
  claim.fields = card.read(claim.fields.flags);
  changed = name;
  card.markSaved();
  saver.edit(claim.id, claim.fields, claim.version, wait);
  tellRefusal();
  redraw(claim);
}

function drawn(claim) {
  const label = claim.fields.label || claim.settled;
  return { look: label || "none", letter: LETTERS[label] ?? "–", done: claim.closed || Boolean(contentOf(claim.fields)) };
}

function redraw(claim) {
  const { look, letter, done } = drawn(claim);
  claim.done = done;
  if (claim.look !== look) drawing.change(claim, look, letter);
  strip.redraw(claim);
  progress();
}

function progress() {
  const mine = claims.filter((claim) => !claim.closed || claim.fields.label);
  const n = mine.filter((claim) => contentOf(claim.fields)).length;
  $("share").textContent = told(words.progress, { n, all: mine.length });
  handing.list();
}

function choose(name, value) {
  const radio = [...card.form.elements[name]].find((each) => each.value === value);
  if ($("fields").disabled || !radio.checkVisibility()) return;
  radio.checked = name === "label" || !radio.checked;
  change(name);
  if (name === "label") afterLabel();
}

/** On to what the label asks for, or to the next claim. */
function afterLabel() {
  const { fields } = current();
  if (ABSTENTIONS.includes(fields.label) && !fields.reason) $("id_reason").focus();
  else if (!asksForMore(fields) && $("move-on").checked) go(nextOpen(claims, place));
}

/** The words selected within the claim when a flag is ticked are what it means. */
function rememberSelection() {
  const span = text.selected();
  const { start, end } = current();
  flagSpan = span && span.start >= start && span.end <= end ? span : null;
}

function hear(state, id, answer) {
  const n = byId.get(id);
  if (n === undefined) return;
  const claim = claims[n];
  const here = n === place;
  let besides = "";
  if (state === "saved") {
    Object.assign(claim, { version: answer.body.version, mine: answer.body });
    say("away", "");
    if (!here) besides = told(words.savedClaim, { n: n + 1 });
    else if (!card.markSaved(changed, words.saved)) besides = words.saved;
  } else if (state === "incomplete") besides = claim.fields.label ? words.reason : words.kept;
  else if (state === "away") say("away", answer.status === 401 ? words.signedOut : words.away);
  else if (state === "refused") {
    if (here) tellRefusal();
    else say("away", told(words.refused, { n: n + 1, why: answer.body?.detail ?? "" }));
  }
  $("saved").textContent = besides;
  $("saved").className = state === "incomplete" ? "muted" : "saved";
  queueMicrotask(() => redraw(claim));
}

function tellRefusal() {
  const { status, body } = saver.refusal(current().id) ?? {};
  const rest = card.tell(body?.errors ?? {});
  $("refused").hidden = !status;
  const stale = status === 412 && told(words.stale, { label: words.labels[body.current.label] ?? "–" });
  if (status) $("why").textContent = stale || [body?.detail, ...rest].join(" ");
}

/** The reviewer's answer to a refusal: mine once more (over what is there now), or what is there. */
function decide(mine) {
  const claim = current();
  const other = saver.refusal(claim.id)?.body?.current;
  if (other) claim.version = other.version;
  if (mine) return saver.insist(claim.id, claim.version), tellRefusal();
  saver.discard(claim.id);
  if (other) claim.mine = other.version ? other : null;
  claim.fields = fieldsOf(claim.mine);
  redraw(claim);
  show({ reveal: false });
}

function toggle(details) {
  details.open = !details.open;
  if (details.open) details.querySelector("summary").focus({ preventScroll: true });
}

const KEYS = {
  j: () => go(place + 1),
  k: () => go(place - 1),
  Enter: () => go(nextOpen(claims, place)),
  s: () => $("id_source_name").focus(),
  r: () => $("id_rationale").focus(),
  b: () => $("codebook-link")?.click(),
  h: () => toggle($("hand-in")),
  "?": () => toggle($("keys")),
};
Object.assign(KEYS, { ArrowDown: KEYS.j, ArrowUp: KEYS.k });
for (const [key, label] of Object.entries(LABEL_KEYS)) KEYS[key] = () => choose("label", label);
for (const [key, kind] of Object.entries(KIND_KEYS)) KEYS[key] = () => choose("content_kind", kind);

function onKey(event) {
  byArrow = event.key.startsWith("Arrow");
  if (event.key === "Escape") {
    const open = event.target.closest("details[open]:not(.sheet)") ?? document.querySelector("#hand-in[open]");
    if (open) open.open = false;
    event.target.blur();
  }
  const key = shortcut(event);
  if (!key || !KEYS[key] || (key.length === 1 && !$("single-keys").checked)) return;
  event.preventDefault();
  KEYS[key]();
}

/** Enter in the reason, and with Ctrl in the note, goes on as it does in fields of one line. */
function onFieldKey(event) {
  rememberSelection();
  const { target, key } = event;
  const goesOn = target.id === "id_reason" ? !event.shiftKey : event.ctrlKey || event.metaKey;
  if (key !== "Enter" || event.isComposing || !target.matches("textarea") || !goesOn) return;
  event.preventDefault();
  card.form.requestSubmit();
}

function onInput({ target }) {
  const { fields } = current();
  if (target.name === "flags") fields.flags = flagged(fields.flags, target.value, target.checked, flagSpan);
  change(target.name, target.matches("textarea, [type=text]") ? TYPING_PAUSE : 0);
  if (target.name === "flags") card.write(current().fields, wordsOf);
}

function onClick(event) {
  const { target } = event;
  const link = target.closest?.('a[href^="?claim="]');
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(byId.get(new URLSearchParams(link.search).get("claim")));
  } else if (target.name === "content_kind" && current().fields.content_kind === target.value) {
    // A content kind that is pressed again is taken back.
    target.checked = false;
    change("content_kind");
  } else if (target.id === "mine" || target.id === "theirs") decide(target.id === "mine");
}

document.addEventListener("keydown", onKey);
document.addEventListener("click", onClick);
card.form.addEventListener("input", onInput);
card.form.addEventListener("change", ({ target }) => target.name === "label" && !byArrow && afterLabel());
card.form.addEventListener("keydown", onFieldKey, true);
card.form.addEventListener("pointerdown", rememberSelection, true);
card.form.addEventListener("submit", (event) => {
  event.preventDefault();
  document.activeElement.blur();
  saver.flush();
  go(nextOpen(claims, place));
});
text.root.addEventListener("click", ({ clientX, clientY }) => {
  const point = getSelection().isCollapsed ? text.at(clientX, clientY) : null;
  const claim = point === null ? null : claimAt(claims, point);
  if (claim) go(byId.get(claim.id));
});
$("codebook-link")?.addEventListener("click", (event) => {
  event.preventDefault();
  $("codebook").open = !$("codebook").open;
  if (getComputedStyle($("side")).display !== "grid") $("codebook").scrollIntoView({ block: "nearest" });
});
for (const name of ["move-on", "single-keys"]) {
  $(name).checked = remembered(name, true);
  $(name).addEventListener("change", () => remember(name, $(name).checked));
}
window.addEventListener("online", () => saver.flush());
document.addEventListener("visibilitychange", () => saver.flush());
window.addEventListener("beforeunload", (event) => saver.unsaved && event.preventDefault());

for (const claim of claims) {
  claim.fields = saver.fields(claim.id) ?? fieldsOf(claim.mine);
  Object.assign(claim, drawn(claim));
}
drawing.show(claims);
for (const claim of claims) if (saver.fields(claim.id)) redraw(claim);
show({ smooth: false, reveal: location.search !== "" || $("card").offsetParent === null });
progress();
saver.flush();
if ($("add-form")) {
  const picking = Promise.all([import("./lib/adding.js"), import("./lib/picking.js")]).then(([{ Adding }, { Picking }]) => {
    const adding = new Adding($("add-form"), { text, drawing, wanted: () => $("managing").open });
    const make = (span) => (adding.fill(span), $("add-form").requestSubmit());
    return new Picking({ text, drawing, from: () => current().start, make });
  });
  KEYS.v = async () => (await picking).begin();
  $("pick").addEventListener("click", KEYS.v);
}
