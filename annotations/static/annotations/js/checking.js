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

/** What is asked on the page and has a key of its own. */
function press(key) {
  const button = /^\w$/.test(key ?? "") && document.querySelector(`main button[data-key="${key}"]`);
  if (button) button.click();
  return Boolean(button);
}

document.addEventListener("keydown", (event) => {
  const { form } = event.target;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form?.method === "post" && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const key = shortcut(event);
  if (LABELS[key] ? choose(LABELS[key]) : (key === "j" && skip()) || press(key)) event.preventDefault();
});

const mine = `draft ${document.querySelector(".menu summary bdi")?.textContent ?? ""} `;
const FORMS = "main form[method=post]:has(textarea)";
const SENT = "sent-form";
const given = new Map();

/** The form that this tab sent last, by its draft's name; from now on it is another one. */
function exchangeSent(name) {
  try {
    const before = sessionStorage.getItem(SENT);
    sessionStorage.setItem(SENT, name);
    return before;
  } catch {
    return null; // Then nothing is known to have arrived, and drafts stay.
  }
}

/** The name a form's draft is kept under: who, where, and which of several forms of one address. */
function named(form) {
  const { aspect, part_id: part } = form.elements;
  const of = part?.value || (aspect?.type === "hidden" ? aspect.value : "");
  return `${mine}${new URL(form.action).pathname} ${of}`;
}

function keep(form) {
  if (given.has(form)) remember(named(form), drafted([...new FormData(form)], given.get(form)));
}

// A page that tells of success tells it of the form this tab sent last, and may not have that form any more.
const sent = exchangeSent("");
const arrived = document.querySelector("#messages .notice--success") ? sent : null;
if (arrived) remember(arrived, null);

/** Put a draft back into its form, and keep what is typed there from now on. */
function begin(form) {
  const refused = Boolean(form.querySelector(".errorlist, .notice--error[role=alert]"));
  // What came back with its errors is nowhere else yet, so all of it is a draft.
  given.set(form, refused ? [] : [...new FormData(form)]);
  const draft = remembered(named(form), null);
  if (fate(draft, { arrived: arrived === named(form), refused }) !== "restore") return;
  for (const [name, value] of draft.fields) if (form.elements[name]) form.elements[name].value = value;
  // Typed over an older version it is refused, with both texts, and not stored over what somebody wrote since.
  if (draft.version && form.elements.version) form.elements.version.value = draft.version;
  const fold = form.closest("details");
  if (fold) fold.open = true;
}

for (const form of document.querySelectorAll(FORMS)) begin(form);
document.addEventListener("renewed", ({ target }) => target.querySelectorAll(FORMS).forEach(begin));

for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => keep(target.form));
document.addEventListener("submit", ({ target }) => {
  keep(target);
  exchangeSent(given.has(target) ? named(target) : "");
});
