/** Managers add a claim that was missed: its words are selected by keys or by hand, or looked for. */

import { Adding } from "../lib/adding.js";
import { Picking } from "../lib/picking.js";

const $ = (id) => document.getElementById(id);

/** Make the form ready; what begins selecting by keys comes back. */
export function missed({ text, drawing, current }) {
  const adding = new Adding($("add-form"), { text, drawing, wanted: () => $("managing").open });
  const make = (span) => (adding.fill(span), $("add-form").requestSubmit());
  const picking = new Picking({ text, drawing, from: () => current().start, make });
  $("pick").addEventListener("click", () => picking.begin());
  return () => picking.begin();
}
