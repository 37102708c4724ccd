/** The training by keys: the label, the kind of what is said, Enter to answer and to go on. Everything works without. */

import { shortcut } from "./lib/keys.js";

const form = document.getElementById("answer");
const next = document.getElementById("next");

/** Choose what a key stands for, where it is asked; whether it was. */
function choose(key) {
  const choice = form.querySelector(`input[data-key="${CSS.escape(key)}"]`);
  if (!choice?.checkVisibility()) return false;
  choice.checked = true;
  choice.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  const key = event.repeat ? null : shortcut(event);
  if (key === "Enter" && form) form.requestSubmit();
  else if (key === "Enter" && next) next.click();
  else if (!key || !form || !choose(key)) return;
  event.preventDefault();
});

// Pressed twice, it answers once; the page may be shown again as it was left.
let sent = false;
form?.addEventListener("submit", (event) => {
  if (sent) event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => (sent = false));
