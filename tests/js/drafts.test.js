import assert from "node:assert/strict";
import { test } from "node:test";
import { drafted, fate } from "../../annotations/static/annotations/js/lib/drafts.js";

const page = [["csrfmiddlewaretoken", "x"], ["verdict", ""], ["explanation", ""], ["as_of", "2026-11-22"]];
const typed = page.map(([name, value]) => [name, name === "explanation" ? "It is there." : value]);

test("a draft is what differs from what the page came with, without tokens", () => {
  assert.equal(drafted(page, page), null);
  const draft = drafted(typed, page);
  assert.deepEqual(draft, { sent: false, fields: [["verdict", ""], ["explanation", "It is there."], ["as_of", "2026-11-22"]] });
  assert.equal(drafted([["csrfmiddlewaretoken", "y"], ["version", "3"]], [["version", "2"]]), null);
  assert.equal(drafted([["label", "opinion"]], []).fields.length, 1);
  assert.equal(drafted(typed, page, true).sent, true);
});

test("files are no part of a draft", () => {
  assert.equal(drafted([["file", { name: "a.pdf" }]], []), null);
});

test("a draft waits until a page shows that it arrived", () => {
  const [waiting, sent] = [drafted(typed, page), drafted(typed, page, true)];
  assert.equal(fate(null, { saved: true, refused: false }), "none");
  assert.equal(fate(waiting, { saved: false, refused: false }), "restore");
  assert.equal(fate(waiting, { saved: true, refused: false }), "restore");
  assert.equal(fate(sent, { saved: true, refused: false }), "over");
  assert.equal(fate(sent, { saved: false, refused: true }), "over");
  assert.equal(fate(sent, { saved: false, refused: false }), "restore");
});
