/** What few people need on a page is brought when it is first wanted: picking words by keys, looking for them. */

import { once } from "./once.js";

/** The form that adds a claim: looks after its words from when its panel is first open. */
export function addingWhenOpen(panel, page) {
  const form = document.getElementById("add-form");
  const adding = once(async () => {
    const { Adding } = await import("./adding.js");
    return new Adding(form, { ...page, wanted: () => panel.open });
  });
  panel.addEventListener("toggle", adding);
  if (panel.open) adding();
  return adding;
}

/** Picking words: by a key, by the button for it, or by touch. Gives what begins it. */
export function pickingWhenWanted(page) {
  const picking = once(async () => new (await import("./picking.js")).Picking(page));
  const begin = async () => (await picking()).begin();
  document.getElementById("pick").addEventListener("click", begin);
  if (matchMedia("(pointer: coarse)").matches) picking();
  return begin;
}
