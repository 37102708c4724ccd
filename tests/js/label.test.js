import assert from "node:assert/strict";
import { test } from "node:test";
import { asksForMore, blank, contentOf, fieldsOf, flagged } from "../../annotations/static/annotations/js/lib/label.js";
import { flagPressed } from "../../annotations/static/annotations/js/lib/taking.js";

const fields = (given) => ({ ...blank(), ...given });

test("nothing is sent before there is a label, or a reason to abstain", () => {
  assert.equal(contentOf(fields({ rationale: "typed first" })), null);
  assert.equal(contentOf(fields({ label: "unsure", reason: "  " })), null);
  assert.equal(contentOf(fields({ label: "not_a_claim", reason: "a byline" })).reason, "a byline");
});

test("a label takes only what goes with it; the rest stays in the card", () => {
  const typed = fields({ label: "attributed_statement", content_kind: "fact", source_name: "Lloyd Austin", cue: " " });
  assert.deepEqual(contentOf(typed).attribution, { source_name: "Lloyd Austin" });
  assert.equal(contentOf(typed).content_kind, "fact");
  const other = contentOf({ ...typed, label: "opinion" });
  assert.ok(!("attribution" in other) && !("content_kind" in other) && !("reason" in other));
  assert.equal(contentOf(fields({ label: "attributed_statement" })).attribution, null);
});

test("what the API gave comes back as it was sent", () => {
  const sent = {
    label: "attributed_statement",
    content_kind: "evaluation",
    attribution: { source_name: "a neighbour", source_kind: "described", mode: "mixed" },
    flags: ["compound", { flag: "loaded_language", start: 3, end: 9 }],
    confidence: 4,
    rationale: "r",
    rule: "A4",
  };
  assert.deepEqual(contentOf(fieldsOf({ ...sent, version: 3, reason: "" })), sent);
  assert.deepEqual(fieldsOf(null), blank());
  assert.deepEqual(contentOf(fieldsOf({ label: "opinion", confidence: null, flags: [] })).confidence, null);
});

test("attributed statements and abstentions without a reason ask for more", () => {
  assert.ok(asksForMore(fields({ label: "attributed_statement" })));
  assert.ok(asksForMore(fields({ label: "unsure" })));
  assert.ok(!asksForMore(fields({ label: "unsure", reason: "two readings" })));
  assert.ok(!asksForMore(fields({ label: "opinion" })));
});

test("a flag is set once, with or without its place, and taken away", () => {
  const placed = flagged(["compound"], "loaded_language", true, { start: 3, end: 9 });
  assert.deepEqual(placed, ["compound", { flag: "loaded_language", start: 3, end: 9 }]);
  assert.deepEqual(flagged(placed, "loaded_language", true), ["compound", "loaded_language"]);
  assert.deepEqual(flagged(placed, "loaded_language", false), ["compound"]);
});

test("spans go with an attribution, in one order, and come back", () => {
  const spans = { cue: { end: 9, start: 5 }, source: { start: 1, end: 4 }, content: undefined };
  const { attribution } = contentOf(fields({ label: "attributed_statement", spans }));
  assert.equal(JSON.stringify(attribution), '{"spans":{"source":{"start":1,"end":4},"cue":{"start":5,"end":9}}}');
  assert.deepEqual(fieldsOf({ label: "attributed_statement", attribution }).spans, attribution.spans);
  assert.ok(!("attribution" in contentOf(fields({ label: "opinion", spans }))));
});

test("white space around a name is no change, in a note it is", () => {
  const typed = fields({ label: "attributed_statement", rationale: " a note ", cue: "said ", source_name: " " });
  const { rationale, attribution } = contentOf(typed);
  assert.deepEqual({ rationale, attribution }, { rationale: " a note ", attribution: { cue: "said" } });
});

test("a flag's key sets it, moves it to the words selected, and takes it back", () => {
  const [here, there] = [{ start: 1, end: 4 }, { start: 5, end: 9 }];
  const placed = [{ flag: "loaded_language", ...here }];
  assert.deepEqual(flagPressed([], "loaded_language", null), { on: true, span: null });
  assert.deepEqual(flagPressed(["loaded_language"], "loaded_language", here), { on: true, span: here });
  assert.deepEqual(flagPressed(placed, "loaded_language", there), { on: true, span: there });
  assert.deepEqual(flagPressed(placed, "loaded_language", here), { on: false, span: here });
  assert.deepEqual(flagPressed(placed, "loaded_language", null), { on: false, span: null });
});
