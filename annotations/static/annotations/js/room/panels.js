/** What stands around the card: the codebook beside it, settings that this browser remembers, and the connection. */

import { remember, remembered } from "../lib/kept.js";

const $ = (id) => document.getElementById(id);

/** `person` is whose settings they are. */
export function preparePanels(person) {
  $("codebook-link")?.addEventListener("click", (event) => {
    event.preventDefault();
    $("codebook").open = !$("codebook").open;
    if (getComputedStyle($("side")).display !== "grid") $("codebook").scrollIntoView({ block: "nearest" });
  });
  for (const name of ["move-on", "single-keys"]) {
    const kept = `${name}:${person}`;
    $(name).checked = remembered(kept, true);
    $(name).addEventListener("change", () => remember(kept, $(name).checked));
  }
}

/** Say above the page why nothing gets through, or with "" that it does; signed out, the way back. */
export function tellAway(sentence, isSignedOut = false) {
  $("away-words").textContent = sentence;
  $("away").hidden = !sentence;
  $("sign-in-again").hidden = !isSignedOut;
}
