import assert from "node:assert/strict";
import { test } from "node:test";
import { Activity } from "../../annotations/static/annotations/js/lib/activity.js";

test("time between acts counts, a minute of a longer pause at most", () => {
  const activity = new Activity();
  activity.turn("c1", 0, 0);
  activity.touch(10_000);
  activity.touch(15_500);
  assert.equal(activity.seconds("c1"), 15);
  activity.touch(600_000);
  assert.equal(activity.seconds("c1"), 75);
});

test("each claim has its own time, and goes on from what it had", () => {
  const activity = new Activity();
  activity.turn("c1", 41, 0);
  activity.turn("c2", 0, 4_000);
  activity.turn("c1", 41, 10_000);
  activity.touch(11_000);
  assert.deepEqual([activity.seconds("c1"), activity.seconds("c2"), activity.seconds("c3")], [46, 6, 0]);
});

test("a page that nobody sees counts nothing", () => {
  const activity = new Activity();
  activity.turn("c1", 0, 0);
  activity.pause(3_000);
  activity.touch(50_000);
  activity.touch(52_000);
  assert.equal(activity.seconds("c1"), 5);
});

test("a day at most", () => {
  const activity = new Activity();
  activity.turn("c1", 86_399, 0);
  activity.touch(30_000);
  assert.equal(activity.seconds("c1"), 86_400);
});
