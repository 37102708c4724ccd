import assert from "node:assert/strict";
import { test } from "node:test";
import { shortcut } from "../../annotations/static/annotations/js/lib/keys.js";

/** An element as far as the shortcuts ask. */
const element = (kind) => ({
  closest(selector) {
    if (selector.includes("input:not") && kind.startsWith("input")) return !selector.includes(kind.slice("input".length) || "none");
    return selector.split(", ").includes(kind);
  },
});
const press = (key, kind = "body", more = {}) => shortcut({ key, target: element(kind), ...more });

test("keys mean something over the page, on buttons and on choices", () => {
  assert.equal(press("j"), "j");
  assert.equal(press("J"), "j");
  assert.equal(press("1", "input[type=radio]"), "1");
  assert.equal(press("j", "button"), "j");
  assert.equal(press("ArrowDown"), "ArrowDown");
  assert.equal(press("?"), "?");
});

test("a layout of another script has the same keys in the same places", () => {
  const arabic = { "ت": "KeyJ", "٢": "Digit2", "لا": "KeyB", "ا": "KeyH" };
  assert.deepEqual(Object.entries(arabic).map(([key, code]) => press(key, "body", { code })), ["j", "2", "b", "h"]);
  assert.equal(press("؟", "body", { code: "Slash" }), "?");
  assert.equal(press("о", "body", { code: "KeyJ" }), "j");
  assert.equal(press("z", "body", { code: "KeyY" }), "z");
  assert.equal(press("é", "body", { code: "Digit2" }), "é");
});

test("keys belong to the field that is typed in", () => {
  for (const kind of ["textarea", "select", "input", "input[type=text]", "[contenteditable]"]) {
    assert.equal(press("1", kind), null, kind);
  }
});

test("arrows choose among choices, Enter presses buttons and follows links", () => {
  assert.equal(press("ArrowDown", "input[type=radio]"), null);
  assert.equal(press("Enter", "button"), null);
  assert.equal(press("Enter", "a"), null);
  assert.equal(press("Enter"), "Enter");
});

test("combinations and half-composed letters are the browser's", () => {
  for (const held of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { isComposing: true }, { defaultPrevented: true }]) {
    assert.equal(press("1", "body", held), null);
  }
});
