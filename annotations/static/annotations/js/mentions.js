/** Names of members are offered under a comment while `@…` is typed: up, down, Enter or Tab take one, Escape leaves. */

import { asked, completed, fitting } from "./lib/mentions.js";

const { members, found, none } = document.querySelector("#discussion").dataset;
const names = members.split(" ").filter(Boolean);
const told = document.createElement("p");
told.className = "visually-hidden";
told.ariaLive = "polite";
document.body.append(told);

let list = null;
let chosen = 0;
let asking = null;

function close() {
  list?.remove();
  list = null;
}

function choose(field, index) {
  chosen = (index + list.children.length) % list.children.length;
  for (const [place, item] of [...list.children].entries()) item.ariaSelected = String(place === chosen);
  field.setAttribute("aria-activedescendant", list.children[chosen].id);
}

function take(field) {
  const { text, caret } = completed(field.value, field.selectionStart, asking, list.children[chosen].textContent);
  field.value = text;
  field.setSelectionRange(caret, caret);
  leave(field);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function leave(field) {
  close();
  field.removeAttribute("aria-activedescendant");
  field.removeAttribute("aria-controls");
}

function item(field, name, place) {
  const one = document.createElement("li");
  one.id = `mention-${place}`;
  one.role = "option";
  one.dir = "auto";
  one.textContent = name;
  one.addEventListener("pointerdown", (event) => {
    event.preventDefault(); // The field keeps the focus.
    choose(field, place);
    take(field);
  });
  return one;
}

function offer(field) {
  leave(field);
  asking = asked(field.value, field.selectionStart);
  const fits = asking ? fitting(names, asking.part) : [];
  told.textContent = fits.length ? `${found} ${fits.join(", ")}` : asking?.part && !names.includes(asking.part) ? none : "";
  if (!fits.length) return;
  list = document.createElement("ul");
  list.className = "mention-list";
  list.id = "mention-list";
  list.role = "listbox";
  list.ariaLabel = found;
  list.append(...fits.map((name, place) => item(field, name, place)));
  field.after(list);
  field.setAttribute("aria-controls", list.id);
  choose(field, 0);
}

const KEYS = {
  ArrowDown: (field) => choose(field, chosen + 1),
  ArrowUp: (field) => choose(field, chosen - 1),
  Enter: take,
  Tab: take,
  Escape: leave,
};

function begin(field) {
  field.setAttribute("aria-autocomplete", "list");
  field.addEventListener("input", (event) => event.isTrusted && offer(field));
  field.addEventListener("blur", () => leave(field));
  field.addEventListener("keydown", (event) => {
    if (!list || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act(field);
  });
}

for (const field of document.querySelectorAll("#discussion textarea")) begin(field);
document.addEventListener("renewed", ({ target }) => target.querySelectorAll("#discussion textarea").forEach(begin));
