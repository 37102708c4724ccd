/** Places in a text where a word or a mark begins or ends, for trimming, extending and cutting units. Pure; UTF-16 offsets. */

const AROUND = 400;

/**
 * The pieces of `text` that are not white space: words and marks, in any script, or ("grapheme") what people see as
 * one character.
 * @returns {{start: number, end: number}[]}
 */
export function pieces(text, language = "und", granularity = "word") {
  const segmenter = new Intl.Segmenter(known(language), { granularity });
  const found = [];
  for (const { segment, index } of segmenter.segment(text)) {
    if (/\S/u.test(segment)) found.push({ start: index, end: index + segment.length });
  }
  return found;
}

/** Intl throws at a tag that is none; such a text is cut by the rules for no language. */
export function known(language) {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "und";
  } catch {
    return "und";
  }
}

/**
 * The span with one end moved over one piece.
 * @param {{start: number, end: number}} span
 * @param {"start" | "end"} which end
 * @param {1 | -1} step along the text or against it
 * @returns the new span; the same one where it would be empty or there is no further piece
 */
export function moved(span, which, step, parts) {
  const edges = parts.map((part) => part[which]);
  const next = step > 0 ? edges.find((edge) => edge > span[which]) : edges.findLast((edge) => edge < span[which]);
  if (next === undefined) return span;
  const wanted = { ...span, [which]: next };
  return wanted.start < wanted.end ? wanted : span;
}

/**
 * A claim's span with one end moved over one word of the text, or one character ("grapheme").
 * @param {import("./text.js").ArticleText} text
 * @param {{start: number, end: number}} unit in code points, as is the result
 */
export function nudged({ offsets, content }, unit, which, step, language, granularity = "word") {
  const from = Math.max(0, offsets.toUnits(unit.start) - AROUND);
  const around = content.slice(from, offsets.toUnits(unit.end) + AROUND);
  const span = { start: offsets.toUnits(unit.start) - from, end: offsets.toUnits(unit.end) - from };
  const { start, end } = moved(span, which, step, pieces(around, language, granularity));
  return { start: offsets.toPoints(start + from), end: offsets.toPoints(end + from) };
}
