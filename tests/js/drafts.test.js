import assert from "node:assert/strict";
import { test } from "node:test";
import { drafted, fate } from "../../annotations/static/annotations/js/lib/drafts.js";

const page = [["csrfmiddlewaretoken", "x"], ["version", "2"], ["verdict", ""], ["explanation", ""], ["as_of", "2026-11-22"]];
const typed = page.map(([name, value]) => [name, name === "explanation" ? "It is there." : value]);

test("a draft is what differs from what the page came with, without tokens, and what it was typed over", () => {
  assert.equal(drafted(page, page), null);
  const draft = drafted(typed, page);
  assert.deepEqual(draft, { fields: [["verdict", ""], ["explanation", "It is there."], ["as_of", "2026-11-22"]], version: "2" });
  assert.equal(drafted([["csrfmiddlewaretoken", "y"], ["version", "3"]], [["version", "2"]]), null);
  assert.equal(drafted([["label", "opinion"]], []).fields.length, 1);
});

test("files are no part of a draft", () => {
  assert.equal(drafted([["file", { name: "a.pdf" }]], []), null);
});

test("a draft waits until a page shows that it arrived", () => {
  const draft = drafted(typed, page);
  assert.equal(fate(null, { arrived: true }), "none");
  assert.equal(fate(draft, {}), "restore");
  assert.equal(fate(draft, { arrived: true }), "over");
  assert.equal(fate(draft, { refused: true }), "shown");
});

test("of a form that came back with its errors everything is a draft", () => {
  assert.deepEqual(drafted(typed, []), drafted(typed, page));
});
