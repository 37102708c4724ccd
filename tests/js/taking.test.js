import assert from "node:assert/strict";
import { test } from "node:test";
import { sentenceBefore, stepped } from "../../annotations/static/annotations/js/lib/taking.js";
import { pieces } from "../../annotations/static/annotations/js/lib/words.js";

const wordsOf = (text, span) => text.slice(span.start, span.end);

test("the sentence before begins where it begins, across lines and scripts", () => {
  for (const [text, sentence, claim] of [
    ["One. The mayor spoke. It fell.", "The mayor spoke.", "It fell."],
    ["Heading 🌉\n\nThe mayor spoke:\nIt fell.", "The mayor spoke:", "It fell."],
    ["قال الوزير شيئا. انهار الجسر.", "قال الوزير شيئا.", "انهار الجسر."],
  ]) {
    assert.equal(sentenceBefore(text, text.indexOf(claim)), text.indexOf(sentence));
  }
  assert.equal(sentenceBefore("It fell.", 0), 0);
  assert.equal(sentenceBefore("– \n It fell.", 4), 4);
});

test("keys walk over words, from the claim into the sentence before", () => {
  const text = "Réna spoke. It fell 🌉 today.";
  const parts = pieces(text);
  const home = text.indexOf("It");
  const walk = (span, step, extend) => stepped(parts, span, step, extend, home);
  const first = walk(null, 1, false);
  assert.equal(wordsOf(text, first), "It");
  assert.equal(wordsOf(text, walk(null, -1, false)), ".");
  assert.equal(wordsOf(text, walk(walk(first, 1, false), 1, false)), "🌉");
  assert.equal(wordsOf(text, walk(walk(first, 1, true), 1, true)), "It fell 🌉");
  assert.equal(wordsOf(text, walk(walk(first, 1, true), -1, true)), "It");
  assert.deepEqual(walk(first, -1, true), first);
  const last = parts.at(-1);
  assert.deepEqual([walk(last, 1, false), walk(last, 1, true), walk(parts[0], -1, false)], [last, last, parts[0]]);
  assert.equal(stepped([], null, 1, false, 0), null);
});
