/** Completing `@name` while somebody types. Pure: text, caret and names in; places and texts out. */

const MOST = 6;
const ASKED = /(?<![\p{L}\p{N}_.@+-])@([\p{L}\p{N}_.@+-]*)$/u;

/** Where the mention that ends at the caret begins, and what is typed of its name; null where none is typed. */
export function asked(text, caret) {
  const found = ASKED.exec(text.slice(0, caret));
  return found && { start: found.index, part: found[1] };
}

/** The names that begin with what is typed, then those that have it inside, a few at most; a whole name asks no more. */
export function fitting(names, part) {
  const wanted = part.toLowerCase();
  const fits = names.filter((name) => name.toLowerCase().includes(wanted) && name.toLowerCase() !== wanted);
  const begins = (name) => (name.toLowerCase().startsWith(wanted) ? 0 : 1);
  return fits.sort((one, other) => begins(one) - begins(other)).slice(0, MOST);
}

/** The text with the name in place, and where the caret goes: behind the name and one space. */
export function completed(text, caret, { start }, name) {
  const after = text.slice(caret);
  const before = `${text.slice(0, start)}@${name} `;
  return { text: before + after.replace(/^ /, ""), caret: before.length };
}
