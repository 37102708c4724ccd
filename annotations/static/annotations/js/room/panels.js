/** What stands around the card: the codebook beside it, a setting that this browser remembers, and the connection. */

import { remember, remembered } from "../lib/kept.js";

const $ = (id) => document.getElementById(id);

/** `person` is whose setting it is. */
export function preparePanels(person) {
  $("codebook-link")?.addEventListener("click", (event) => {
    event.preventDefault();
    $("codebook").open = !$("codebook").open;
    if (getComputedStyle($("side")).display !== "grid") $("codebook").scrollIntoView({ block: "nearest" });
  });
  const kept = `move-on:${person}`;
  $("move-on").checked = remembered(kept, true);
  $("move-on").addEventListener("change", () => remember(kept, $("move-on").checked));
}

/** A sentence in its place, or the place hidden. */
export function say(id, sentence) {
  $(id).textContent = sentence;
  $(id).hidden = !sentence;
}

/** Say above the page why nothing gets through, or with "" that it does; signed out, the way back. */
export function tellAway(sentence, isSignedOut = false) {
  $("away-words").textContent = sentence;
  $("away").hidden = !sentence;
  $("sign-in-again").hidden = !isSignedOut;
}
