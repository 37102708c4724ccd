/** The labelling room: one claim at a time, by keys or by hand; saved at once, and kept until it is. */

import { Card } from "./lib/card.js";
import { Drawing, LETTERS } from "./lib/drawing.js";
import { Handing } from "./lib/handing.js";
import { request } from "./lib/http.js";
import { alike, besides, draftsUnder, namesUnder } from "./lib/kept.js";
import { asksForMore, blank, contentOf, fieldsOf, flagged, lacksReason } from "./lib/label.js";
import { claimAt, nextOpen, told } from "./lib/order.js";
import { once } from "./lib/once.js";
import { Saver } from "./lib/saver.js";
import { Strip } from "./lib/strip.js";
import { ArticleText } from "./lib/text.js";
import { follow } from "./live.js";
import { listen } from "./room/keys.js";
import { preparePanels, say, tellAway } from "./room/panels.js";
import { Tabs } from "./room/tabs.js";
import { Time } from "./room/time.js";

const TYPING_PAUSE = 400;
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
let selected = null;

const drafts = `label-drafts:${data.user}:${data.article}:`;
const time = new Time();
const saver = new Saver({
  contentOf,
  send: (id, { content, version, key, besides }) => {
    const keepalive = document.visibilityState === "hidden";
    return request("PUT", `/api/v1/claims/${id}/label/`, { body: { ...content, ...besides }, version, key, keepalive });
  },
  besides: (id) => time.of(id),
  store: draftsUnder(drafts),
  tell: hear,
});

const current = () => claims[place];
const find = (id) => claims[byId.get(id)];
const wordsOf = (span) => text.range(span.start, span.end).toString();
const waits = (claim) => saver.fields(claim.id) !== undefined;
const strip = new Strip($("ticks"), { claims, words, place, size: data.ticks, quoteOf: wordsOf, waits });
const handing = new Handing(claims, saver, words, (claim) => strip.item(claim));
// Comes when words are first taken or selected.
const taking = once(async () => new (await import("./room/taking.js")).Taking({ text, card, words, current, change }));
let acting = 0;
function taken(act) {
  acting += 1;
  return taking().then(act, () => null).finally(() => (acting -= 1));
}
const press = (button, span) => taken((found) => found.pressed(button, span));
const selecting = () => acting > 0 || text.selected() !== null;
const tabs = new Tabs({ ...data, saver, find, shown, field: (claim) => (claim === current() ? card.typing() : null) });

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
  drawParts();
  time.turn(claim);
  card.markSaved();
  card.step(claims[place - 1], claims[place + 1]);
  strip.point(place);
  $("hand-in-form").elements.claim.value = claim.id;
  drawing.point(claim);
  tellRefusal();
  if (reveal) drawing.reveal(claim, smooth);
  history.replaceState(null, "", `?claim=${claim.id}`);
}

/** What an attribution points at in the text; once there was any, also that there is none. */
function drawParts() {
  const { label, spans } = current().fields;
  if ((label === "attributed_statement" && Object.values(spans).some(Boolean)) || taking.made) taken((found) => found.draw());
}

function go(to) {
  if (to === null || !claims[to] || to === place) return;
  place = to;
  saver.flush();
  show();
}

function change(name, wait = 0) {
  const claim = current();
  claim.fields = card.read(claim.fields);
  changed = name;
  if (name === "label") drawParts();
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
  $("all-labelled").hidden = n < mine.length || claims.every(({ locked }) => locked);
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
  if (lacksReason(fields) || (!asksForMore(fields) && $("move-on").checked)) onward();
}

function onward() {
  if (lacksReason(current().fields)) $("id_reason").focus();
  else go(nextOpen(claims, place));
}

/** A claim's label came from elsewhere: it is shown, but not under the hands of who is typing. */
function shown(claim, before = claim.version) {
  redraw(claim);
  if (claim !== current()) return;
  const field = card.typing();
  card.write(claim.fields, wordsOf, field);
  drawParts();
  tellRefusal();
  if (!field || field.value === claim.fields[field.name]) return;
  // Who goes on typing goes on from what they see, and is asked; who leaves the field sees how it stands.
  const { version } = claim;
  claim.version = before;
  field.addEventListener("blur", () => {
    if (saver.fields(claim.id)) return;
    claim.version = version;
    if (claim === current()) show({ reveal: false });
  }, { once: true });
}

function hear(state, id, answer) {
  const n = byId.get(id);
  if (n === undefined) return;
  const claim = claims[n];
  const here = n === place;
  let besides = "";
  if (state === "refused" && isSame(claim, answer)) {
    saver.discard(id);
    [state, answer] = ["saved", { body: answer.body.current }];
  }
  if (state === "saved") {
    Object.assign(claim, { version: answer.body.version, mine: answer.body });
    tabs.tell(id, answer.body);
    tellAway("");
    if (!here) besides = told(words.savedClaim, { n: n + 1 });
    else if (!card.markSaved(changed, words.saved)) besides = words.saved;
  } else if (state === "incomplete") besides = claim.fields.label ? words.reason : words.kept;
  else if (state === "away") tellAway(answer.status === 401 ? words.signedOut : words.away, answer.status === 401);
  else if (state === "refused") {
    if (here) tellRefusal();
    else tellAway(told(words.refused, { n: n + 1, why: answer.body?.detail ?? "" }));
  }
  $("saved").textContent = besides;
  $("saved").className = state === "incomplete" ? "muted" : "saved";
  queueMicrotask(() => redraw(claim));
}

/** Who wrote the same in two windows has nothing to choose. */
function isSame(claim, { status, body }) {
  return status === 412 && alike(contentOf(fieldsOf(body.current)), contentOf(claim.fields));
}

async function tellRefusal() {
  $("refused").hidden = !saver.refusal(current().id);
  if ($("refused").hidden) return void card.tell({});
  const { tellRefusal: tell } = await import("./room/refusal.js");
  const refusal = saver.refusal(current().id);
  if (refusal) tell(card, words, wordsOf, current().fields, refusal);
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
  tabs.tell(claim.id, claim.mine);
  redraw(claim);
  show({ reveal: false });
}

function onInput({ target }) {
  const { fields } = current();
  if (target.name === "flags") {
    const within = selected && selected.start >= current().start && selected.end <= current().end;
    fields.flags = flagged(fields.flags, target.value, target.checked, within ? selected : null);
  }
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
  else if (target.parentElement?.id === "all-labelled") handing.open(event);
  else if (target.closest?.("[data-take], [data-clear]")) press(target.closest("button"), selected);
}

const room = { form: card.form, step: (by) => go(place + by), next: onward, choose, taken, selecting };
listen(room);
for (const act of ["keydown", "pointerdown"]) document.addEventListener(act, ({ key }) => (byArrow = key?.startsWith("Arrow")), true);
document.addEventListener("click", onClick);
card.form.addEventListener("input", onInput);
card.form.addEventListener("change", ({ target }) => target.name === "label" && !byArrow && afterLabel());
// Pressing something may take the selection away before it hears of that.
for (const act of ["pointerdown", "keydown"]) card.form.addEventListener(act, () => (selected = text.selected()), true);
card.form.addEventListener("submit", (event) => {
  event.preventDefault();
  document.activeElement.blur();
  saver.flush();
  onward();
});
text.root.addEventListener("click", ({ clientX, clientY }) => {
  const point = getSelection().isCollapsed ? text.at(clientX, clientY) : null;
  if (point !== null) go(byId.get(claimAt(claims, point)?.id));
});
preparePanels(data.user);
for (const [each, act] of [[window, "online"], [document, "visibilitychange"]]) each.addEventListener(act, () => saver.flush());
window.addEventListener("beforeunload", (event) => saver.unsaved && event.preventDefault());

for (const claim of claims) {
  const draft = saver.fields(claim.id);
  claim.fields = draft ? { ...blank(), ...draft } : fieldsOf(claim.mine);
  Object.assign(claim, drawn(claim));
}
drawing.show(claims);
for (const claim of claims) if (saver.fields(claim.id)) redraw(claim);
show({ smooth: false, reveal: location.search !== "" || $("card").offsetParent === null });
progress();
saver.flush();
follow((changes) => changes?.every(({ claim, kind }) => !claim || kind.startsWith("label.")) || import("./room/others.js").then(
  ({ hearOthers }) => hearOthers({ article: data.article, words, find, current, redraw, say }, changes),
));
const proposed = `proposition-drafts:${data.user}:${data.article}:`;
if (namesUnder(proposed).length || besides(drafts).length) {
  import("./room/leftovers.js").then(({ Leftovers }) => new Leftovers({ ...data, drafts, proposed, quote: wordsOf }));
}
if ($("add-form")) {
  const adding = once(() => import("./room/missed.js").then(({ missed }) => missed({ text, drawing, current })));
  room.add = async () => (await adding())();
  $("managing").addEventListener("toggle", adding);
  if ($("managing").open || matchMedia("(pointer: coarse)").matches) adding();
}
