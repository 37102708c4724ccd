/** The sentences of a text, one after the other, and the places where words stand in it. Pure; UTF-16 offsets. */

import { known } from "./words.js";

export const MOST = 1000;

/** The sentences of the line in which a place lies, without white space at their ends. */
function ofLine(content, { start, end }, language) {
  const segmenter = new Intl.Segmenter(known(language), { granularity: "sentence" });
  const found = [];
  for (const { segment, index } of segmenter.segment(content.slice(start, end))) {
    const begin = start + index + segment.search(/\S/u);
    if (segment.trim()) found.push({ start: begin, end: begin + segment.trim().length });
  }
  return found;
}

function lineAt(content, place) {
  const end = content.indexOf("\n", place);
  return { start: content.lastIndexOf("\n", place - 1) + 1, end: end < 0 ? content.length : end };
}

/** The first sentence that ends after a place; null behind the last one. */
export function sentenceFrom(content, place, language) {
  for (let line = lineAt(content, place); ; line = lineAt(content, line.end + 1)) {
    const found = ofLine(content, line, language).find(({ end }) => end > place);
    if (found) return found;
    if (line.end >= content.length) return null;
  }
}

/** The last sentence that begins before a place; null before the first one. */
export function sentenceBefore(content, place, language) {
  for (let line = lineAt(content, place); ; line = lineAt(content, line.start - 1)) {
    const found = ofLine(content, line, language).findLast(({ start }) => start < place);
    if (found) return found;
    if (line.start === 0) return null;
  }
}

/**
 * Every place where words stand, whatever their case and the white space between them.
 * @returns {{start: number, end: number}[]} at most `MOST`
 */
export function placesOf(content, words) {
  const parts = words.normalize("NFC").trim().split(/\s+/u).filter(Boolean);
  if (!parts.length) return [];
  const wanted = new RegExp(parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("\\s+"), "giu");
  const found = [];
  for (const { 0: { length }, index } of content.matchAll(wanted)) {
    found.push({ start: index, end: index + length });
    if (found.length === MOST) break;
  }
  return found;
}
