import assert from "node:assert/strict";
import { test } from "node:test";
import { bar, counts, ended, pause } from "../../annotations/static/annotations/js/lib/job.js";

test("a job has ended when it is done, failed or cancelled", () => {
  for (const state of ["succeeded", "failed", "cancelled"]) assert.equal(ended({ state }), true);
  for (const state of ["queued", "running"]) assert.equal(ended({ state }), false);
});

test("the bar stands where the counts are, and is full when the job is done", () => {
  assert.deepEqual(bar({ state: "queued", done: 0, total: 0 }), { value: null, max: 1 });
  assert.deepEqual(bar({ state: "running", done: 3, total: 12 }), { value: 3, max: 12 });
  assert.deepEqual(bar({ state: "running", done: 13, total: 12 }), { value: 12, max: 12 });
  assert.deepEqual(bar({ state: "succeeded", done: 0, total: 0 }), { value: 1, max: 1 });
  assert.equal(counts({ done: 3, total: 12 }), "3 / 12");
  assert.equal(counts({ done: 0, total: 0 }), "");
});

test("after failures it looks less often, and never gives up", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 99].map(pause), [1000, 2000, 4000, 8000, 15000, 15000]);
});
