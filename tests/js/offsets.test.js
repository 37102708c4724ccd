import assert from "node:assert/strict";
import { test } from "node:test";
import { Offsets, trimmed } from "../../annotations/static/annotations/js/lib/offsets.js";

const TEXTS = {
  plain: "Two people were killed.",
  emoji: "Fire 🔥 spread 🚒🚒 fast.",
  family: "👨‍👩‍👧‍👦 left",
  flags: "🇮🇶🇺🇸 met",
  combining: "e\u0301cole, S\u0323\u0307 done",
  arabic: "قُتِلَ شخصان في القائم 🔥 أمس",
  hebrew: "שָׁלוֹם 👋🏽 עולם",
  empty: "",
};

for (const [name, text] of Object.entries(TEXTS)) {
  test(`code points and UTF-16 units agree at every character: ${name}`, () => {
    const offsets = new Offsets(text);
    let unit = 0;
    let point = 0;
    for (const character of text) {
      assert.equal(offsets.toUnits(point), unit);
      assert.equal(offsets.toPoints(unit), point);
      unit += character.length;
      point += 1;
    }
    assert.equal(offsets.length, point);
    assert.equal(offsets.toUnits(point), text.length);
    assert.equal(offsets.toPoints(text.length), point);
  });
}

test("an offset inside a character counts as its begin", () => {
  assert.equal(new Offsets("a🔥b").toPoints(2), 1);
});

test("offsets outside the text are refused", () => {
  const offsets = new Offsets("a🔥b");
  for (const wrong of [-1, 4, NaN]) assert.throws(() => offsets.toUnits(wrong), RangeError);
  for (const wrong of [-1, 5, NaN]) assert.throws(() => offsets.toPoints(wrong), RangeError);
});

test("a selection is trimmed, and nothing but white space is none", () => {
  assert.deepEqual(trimmed("a  word \n b", { start: 1, end: 9 }), { start: 3, end: 7 });
  assert.equal(trimmed("a  \n b", { start: 1, end: 4 }), null);
});
