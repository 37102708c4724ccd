import assert from "node:assert/strict";
import { test } from "node:test";

import { lanes } from "../../annotations/static/annotations/js/lib/lanes.js";

const of = (...pairs) => lanes(pairs.map(([start, end]) => ({ start, end })));

test("claims beside each other share the first lane", () => {
  assert.deepEqual(of([0, 5], [5, 9], [20, 30]), [0, 0, 0]);
});

test("what overlaps or lies within another has a lane of its own", () => {
  assert.deepEqual(of([0, 20], [5, 9], [8, 30], [21, 25]), [0, 1, 2, 0]);
});

test("a lane that is free again is taken again; the last one takes what is left", () => {
  assert.deepEqual(of([0, 9], [0, 4], [4, 6], [5, 7], [5, 8], [6, 7]), [0, 1, 1, 2, 2, 1]);
});
