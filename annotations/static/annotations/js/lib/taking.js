/** Which words of a text may be taken for a claim, and how keys walk over them. Pure; UTF-16 offsets. */

const BEFORE = 1000;

/** Where the sentence before `start` begins; `start` itself where there is none. */
export function sentenceBefore(content, start) {
  const from = Math.max(0, start - BEFORE);
  const segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });
  const said = [...segmenter.segment(content.slice(from, start))].filter(({ segment }) => /[\p{L}\p{N}]/u.test(segment));
  if (!said.length) return start;
  const { segment, index } = said.at(-1);
  return from + index + segment.search(/\S/u);
}

/**
 * The words that a step of the keys leads to.
 * @param {{start: number, end: number}[]} parts the words and marks there are, in their order
 * @param {{start: number, end: number} | null} span what is selected
 * @param {1 | -1} step along the text or against it
 * @param {boolean} extend whether the end moves alone
 * @param {number} home where the first step begins
 */
export function stepped(parts, span, step, extend, home) {
  if (!parts.length) return null;
  const after = parts.findIndex(({ start }) => start >= (span ? span.end : home));
  if (!span) return step > 0 ? parts.at(after < 0 ? -1 : after) : parts[Math.max(0, (after < 0 ? parts.length : after) - 1)];
  if (!extend) return step > 0 ? (parts[after] ?? parts.at(-1)) : (parts.findLast(({ end }) => end <= span.start) ?? parts[0]);
  const ends = parts.map(({ end }) => end);
  const end = step > 0 ? ends.find((each) => each > span.end) : ends.findLast((each) => each < span.end && each > span.start);
  return { start: span.start, end: end ?? span.end };
}

/** What pressing a flag's key means: with a span the flag means that, else it is set or taken back. */
export function flagPressed(flags, name, span) {
  const before = flags.find((flag) => (flag.flag ?? flag) === name);
  if (!span) return { on: before === undefined, span: null };
  return { on: before?.start !== span.start || before.end !== span.end, span };
}
