/** Managers add a claim that was missed: its words are picked by keys or by hand, or looked for. */

import { addingWhenOpen, pickingWhenWanted } from "../lib/wanted.js";

const $ = (id) => document.getElementById(id);

/** Make the form ready; what begins picking by keys comes back. */
export function missed({ text, drawing, current }) {
  const adding = addingWhenOpen($("managing"), { text, drawing });
  const make = async (span) => ((await adding()).fill(span), $("add-form").requestSubmit());
  return pickingWhenWanted({ text, drawing, from: () => current().start, make });
}
