/** Pages of checking: keys for a decision, and drafts that survive a closed tab. Everything works without. */

import { drafted, fate } from "./lib/drafts.js";
import { remember, remembered } from "./lib/kept.js";
import { shortcut } from "./lib/keys.js";

const LABELS = { 1: "attributed_statement", 2: "verifiable_fact", 3: "opinion", n: "not_a_claim" };

function choose(value) {
  const radio = document.querySelector(`#decision-form input[name=label][value=${value}]`);
  radio?.click();
  radio?.focus();
  return Boolean(radio);
}

function skip() {
  const link = document.querySelector("main a[rel=next][aria-keyshortcuts=j]");
  link?.click();
  return Boolean(link);
}

document.addEventListener("keydown", (event) => {
  const { form } = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.method === "post" && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const key = shortcut(event);
  if (LABELS[key] ? choose(LABELS[key]) : key === "j" && skip()) event.preventDefault();
});

const mine = `draft ${document.querySelector(".menu summary bdi")?.textContent ?? ""} `;
const saved = Boolean(document.querySelector("#messages .notice--success"));
const given = new Map();

/** The name a form's draft is kept under: who, where, and which of several forms of one address. */
function named(form) {
  const { aspect } = form.elements;
  return `${mine}${new URL(form.action).pathname} ${aspect?.type === "hidden" ? aspect.value : ""}`;
}

function keep(form, sent = false) {
  if (given.has(form)) remember(named(form), drafted([...new FormData(form)], given.get(form), sent));
}

/** The names of all drafts of this person. */
function names() {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(mine));
  } catch {
    return [];
  }
}

// What arrived is forgotten wherever its form was: the page that says so may not have it any more.
for (const name of names()) if (fate(remembered(name, null), { saved }) === "over") remember(name, null);

for (const form of document.querySelectorAll("main form[method=post]:has(textarea)")) {
  given.set(form, [...new FormData(form)]);
  const draft = remembered(named(form), null);
  const becomes = fate(draft, { saved, refused: Boolean(form.querySelector(".errorlist")) });
  if (becomes === "over") remember(named(form), null);
  if (becomes !== "restore") continue;
  for (const [name, value] of draft.fields) if (form.elements[name]) form.elements[name].value = value;
  const fold = form.closest("details");
  if (fold) fold.open = true;
}

for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => keep(target.form));
document.addEventListener("submit", ({ target }) => keep(target, true));
