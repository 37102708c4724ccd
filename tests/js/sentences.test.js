import assert from "node:assert/strict";
import { test } from "node:test";

import { placesOf, sentenceBefore, sentenceFrom } from "../../annotations/static/annotations/js/lib/sentences.js";

const TEXT = "Heading\n\n  One fell 🔥. Two rose.  \n\nقُتِلَ شخصان. عاد آخر.\nEnd";
const quote = (span) => span && TEXT.slice(span.start, span.end);

test("sentences follow one another over lines and blank lines, and back", () => {
  const all = [];
  for (let found = sentenceFrom(TEXT, 0, "en"); found; found = sentenceFrom(TEXT, found.end, "en")) all.push(found);
  assert.deepEqual(all.map(quote), ["Heading", "One fell 🔥.", "Two rose.", "قُتِلَ شخصان.", "عاد آخر.", "End"]);
  const back = [];
  for (let found = sentenceBefore(TEXT, TEXT.length, "en"); found; found = sentenceBefore(TEXT, found.start, "en")) back.push(found);
  assert.deepEqual(back.map(quote), all.map(quote).reverse());
});

test("a place within a sentence gives that sentence", () => {
  assert.equal(quote(sentenceFrom(TEXT, TEXT.indexOf("fell"), "en")), "One fell 🔥.");
  assert.equal(sentenceFrom("", 0), null);
  assert.equal(sentenceBefore("", 0), null);
});

test("words are found whatever their case and the white space between them, and nothing else", () => {
  const places = (words) => placesOf(TEXT, words).map(quote);
  assert.deepEqual(places("FELL 🔥. two"), ["fell 🔥. Two"]);
  assert.deepEqual(places("heading one"), ["Heading\n\n  One"]);
  assert.deepEqual(places("."), [".", ".", ".", "."]);
  assert.deepEqual(places(" "), []);
  assert.deepEqual(places("e(n"), []);
});
