import assert from "node:assert/strict";
import { test } from "node:test";

import { asked, completed, fitting } from "../../annotations/static/annotations/js/lib/mentions.js";

test("a mention is asked for where one is being typed", () => {
  assert.deepEqual(asked("Look, @be", 9), { start: 6, part: "be" });
  assert.deepEqual(asked("@", 1), { start: 0, part: "" });
  assert.deepEqual(asked("(@réna", 6), { start: 1, part: "réna" });
  assert.deepEqual(asked("@لي", 3), { start: 0, part: "لي" });
  assert.equal(asked("ben@example", 11), null);
  assert.equal(asked("@ben look", 9), null);
  assert.deepEqual(asked("@ben look", 3), { start: 0, part: "be" });
});

test("names that begin so come first, and a whole name asks no more", () => {
  assert.deepEqual(fitting(["cleo", "ann", "leon"], "LE"), ["leon", "cleo"]);
  assert.deepEqual(fitting(["ann", "annabel"], "ann"), ["annabel"]);
  assert.equal(fitting([..."abcdefgh"], "").length, 6);
});

test("what is taken stands in the text with one space behind", () => {
  assert.deepEqual(completed("Look, @be now", 9, { start: 6 }, "ben"), { text: "Look, @ben now", caret: 11 });
  assert.deepEqual(completed("@b", 2, { start: 0 }, "ben"), { text: "@ben ", caret: 5 });
});
