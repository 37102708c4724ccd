/** Which claim comes next. Pure: claims are in the order of the text and say whether they are `done`. */

/** The place of the next claim not done after `place`, from the top again at the end; null where all are done. */
export function nextOpen(claims, place) {
  const ahead = claims.findIndex((claim, n) => n > place && !claim.done);
  if (ahead >= 0) return ahead;
  const before = claims.findIndex((claim) => !claim.done);
  return before >= 0 && before !== place ? before : null;
}

/** The claim at a code point, the shortest of several; null where none is. */
export function claimAt(claims, point) {
  let found = null;
  for (const claim of claims) {
    if (claim.start > point) break;
    if (point < claim.end && (!found || claim.end - claim.start <= found.end - found.start)) found = claim;
  }
  return found;
}

/** A sentence with its gaps filled: `told("{n} of {all}", {n: 7, all: 16})`. */
export function told(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
}
