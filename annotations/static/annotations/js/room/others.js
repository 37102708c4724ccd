/** What others do while somebody labels: a claim locks once its labelling has closed, a missed one is told of. */

import { claimsNow } from "../lib/standing.js";

const $ = (id) => document.getElementById(id);

/**
 * Show how the claims stand now that `changes` are about.
 * @param {object} room `article`; `words`; `find(id)` and `current()` give claims; `redraw(claim)`; `say(place, words)`
 */
export async function hearOthers(room, changes) {
  for (const now of await claimsNow(room.article, changes)) took(room, now);
}

function took({ words, find, current, redraw, say }, { id, status, label }) {
  const claim = find(id);
  if (!claim) return status === "void" ? null : say("added", words.added);
  if (status === "labelling" || (claim.closed && (claim.settled ?? null) === label)) return;
  Object.assign(claim, { closed: true, settled: label, locked: words.closed });
  redraw(claim);
  if (claim !== current()) return;
  say("locked", claim.locked);
  // Not under the hands of who types.
  if (!$("fields").contains(document.activeElement)) $("fields").disabled = true;
}
