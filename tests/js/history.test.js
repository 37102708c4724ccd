import assert from "node:assert/strict";
import { test } from "node:test";

import { History } from "../../annotations/static/annotations/js/editor/history.js";

let numbers = 0;
const unit = (start, end, proposition = `${start}-${end}`) => ({ id: `u${(numbers += 1)}`, start, end, kind: "sentence", proposition });
const told = (units) => units.map(({ start, end, proposition }) => `${start}-${end} ${proposition}`);

/** Units on a page whose server puts wanted ones in the place of others, under new ids. */
class Page {
  constructor(...units) {
    this.units = units;
    this.history = new History();
  }

  did(before, after) {
    this.history.add(before, after);
    this.put(before, after);
  }

  put(gone, made) {
    this.units = [...this.units.filter((each) => !gone.includes(each)), ...made].sort((a, b) => a.start - b.start);
  }

  undo(isAgain = false) {
    const find = (id) => this.units.find((each) => each.id === id);
    const plan = this.history.plan(isAgain, find, (each) => each.proposition !== `${each.start}-${each.end}`);
    if (!plan?.gone) return plan;
    const made = plan.wanted.map((wanted) => ({ ...wanted, id: `u${(numbers += 1)}` }));
    this.put(plan.gone, made);
    this.history.settle(plan, made);
    return plan;
  }
}

test("many steps are undone and done again, though every one gives new ids", () => {
  const one = unit(0, 9, "Ann fell.");
  const page = new Page(one, unit(10, 20));
  const states = [told(page.units)];
  const parts = [unit(0, 4, "Ann fell."), unit(5, 9)];
  page.did([one], parts);
  states.push(told(page.units));
  const whole = unit(5, 20);
  page.did([parts[1], page.units.at(-1)], [whole]);
  states.push(told(page.units));
  page.did([whole], []);
  states.push(told(page.units));
  for (const state of states.slice(0, -1).reverse()) {
    page.undo();
    assert.deepEqual(told(page.units), state);
  }
  assert.equal(page.undo(), null);
  for (const state of states.slice(1)) {
    page.undo(true);
    assert.deepEqual(told(page.units), state);
  }
  assert.equal(page.undo(true), null);
});

test("what was written since is kept", () => {
  const one = unit(0, 9);
  const page = new Page(one);
  const parts = [unit(0, 4), unit(5, 9)];
  page.did([one], parts);
  parts[0].proposition = "First.";
  parts[1].proposition = "Second.";
  page.undo();
  assert.deepEqual(told(page.units), ["0-9 First. Second."]);
  page.undo(true);
  assert.deepEqual(told(page.units), ["0-4 First.", "5-9 Second."]);
});

test("what somebody else changed is not undone", () => {
  const page = new Page();
  const added = unit(0, 4);
  page.did([], [added]);
  added.end = 5;
  const plan = page.undo();
  assert.equal(plan.gone, null);
  page.history.drop(plan);
  assert.equal(page.undo(), null);
  assert.deepEqual(told(page.units), ["0-5 0-4"]);
});

test("a new edit ends what could be done again", () => {
  const page = new Page();
  page.did([], [unit(0, 4)]);
  page.undo();
  page.did([], [unit(5, 9)]);
  assert.equal(page.undo(true), null);
});
