import assert from "node:assert/strict";
import { test } from "node:test";
import { claimAt, nextOpen, told } from "../../annotations/static/annotations/js/lib/order.js";

const claims = (...done) => done.map((each) => ({ done: each }));

test("the next claim not done is ahead, then from the top, then none", () => {
  assert.equal(nextOpen(claims(false, true, true, false), 1), 3);
  assert.equal(nextOpen(claims(false, true, true), 1), 0);
  assert.equal(nextOpen(claims(true, false, true), 1), null);
  assert.equal(nextOpen(claims(true, true), 0), null);
});

test("of claims at one place the shortest is meant", () => {
  const [whole, part, later] = [{ start: 0, end: 20 }, { start: 5, end: 9 }, { start: 20, end: 30 }];
  const all = [whole, part, later];
  assert.equal(claimAt(all, 5), part);
  assert.equal(claimAt(all, 9), whole);
  assert.equal(claimAt(all, 20), later);
  assert.equal(claimAt(all, 30), null);
});

test("sentences are filled, and an unknown gap stays to be seen", () => {
  assert.equal(told("{n} of {all} {x}", { n: 0, all: 16 }), "0 of 16 {x}");
});
