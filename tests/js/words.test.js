import assert from "node:assert/strict";
import { test } from "node:test";
import { shortened } from "../../annotations/static/annotations/js/lib/shortened.js";
import { moved, pieces } from "../../annotations/static/annotations/js/lib/words.js";

const told = (text, language) => pieces(text, language).map(({ start, end }) => text.slice(start, end));

test("words and marks are pieces, white space is none", () => {
  assert.deepEqual(told("“Two people,” he said.\nEnd"), ["“", "Two", "people", ",", "”", "he", "said", ".", "End"]);
});

test("no piece cuts a character that people see as one", () => {
  assert.deepEqual(told("👨‍👩‍👧‍👦 🇮🇶 e\u0301t"), ["👨‍👩‍👧‍👦", "🇮🇶", "e\u0301t"]);
  assert.deepEqual(told("قُتِلَ شخصان.", "ar"), ["قُتِلَ", "شخصان", "."]);
});

test("a language tag that is none is no obstacle", () => {
  assert.deepEqual(told("One two", "not a tag"), ["One", "two"]);
});

test("ends move by one piece, inwards and outwards", () => {
  const text = "He said: two died. More.";
  const parts = pieces(text);
  const span = { start: text.indexOf("two"), end: text.indexOf("died.") + 5 };
  const quoted = (one) => text.slice(one.start, one.end);
  assert.equal(quoted(moved(span, "start", -1, parts)), ": two died.");
  assert.equal(quoted(moved(span, "start", 1, parts)), "died.");
  assert.equal(quoted(moved(span, "end", -1, parts)), "two died");
  assert.equal(quoted(moved(span, "end", 1, parts)), "two died. More");
});

test("a span never becomes empty and never leaves the text", () => {
  const parts = pieces("One.");
  const one = { start: 0, end: 3 };
  assert.deepEqual(moved(one, "end", -1, parts), one);
  assert.deepEqual(moved(one, "start", -1, parts), one);
  assert.deepEqual(moved({ start: 0, end: 4 }, "end", 1, parts), { start: 0, end: 4 });
});

test("a quote is told by its first words, on one line", () => {
  assert.equal(shortened(" one\ntwo\tthree "), "one two three");
  assert.equal(shortened("one two three", 2), "one two…");
});
