import assert from "node:assert/strict";
import { test } from "node:test";
import { contentOf } from "../../annotations/static/annotations/js/lib/label.js";
import { blank } from "../../annotations/static/annotations/js/lib/label.js";
import { Saver } from "../../annotations/static/annotations/js/lib/saver.js";

/** A server, a store and a clock that the test moves. `answers` are given in turn; a function gets the request. */
function world(answers = [], kept = {}) {
  const all = { sent: [], told: [], kept, timers: [], keys: 0 };
  let version = 0;
  all.saver = new Saver({
    contentOf,
    send: async (id, sending) => {
      all.sent.push(structuredClone({ id, ...sending }));
      const answer = answers.shift() ?? 200;
      if (answer instanceof Error) throw answer;
      if (typeof answer === "function") return answer(sending);
      return { status: answer, body: { version: (version += 1) } };
    },
    store: {
      load: () => structuredClone(all.kept),
      keep: (id, draft) => (draft ? (all.kept[id] = structuredClone(draft)) : delete all.kept[id]),
      saw: (id, draft) => (all.kept[id] = structuredClone(draft)),
    },
    tell: (state, id, answer) => all.told.push([state, id, answer?.status]),
    newKey: () => `key-${(all.keys += 1)}`,
    clock: { after: (ms, run) => all.timers.push({ ms, run }), cancel: (n) => n && (all.timers[n - 1].run = () => null) },
  });
  all.states = () => all.told.map(([state]) => state);
  return all;
}

const opinion = (more) => ({ ...blank(), label: "opinion", ...more });

test("a change is sent with the version it began from, and forgotten once acknowledged", async () => {
  const { saver, sent, states, ...all } = world();
  saver.edit("c1", opinion(), 4);
  assert.ok(saver.unsaved);
  await saver.flush();
  assert.deepEqual(sent.map(({ id, version, key }) => [id, version, key]), [["c1", 4, "key-1"]]);
  assert.deepEqual(states(), ["waiting", "saved"]);
  assert.equal(saver.unsaved, false);
  assert.equal(saver.fields("c1"), undefined);
  assert.deepEqual(all.kept, {});
});

test("choices go at once, typing waits for a pause, and one letter more begins the pause anew", async () => {
  const all = world();
  all.saver.edit("c1", opinion({ rationale: "a" }), 0, 400);
  all.saver.edit("c1", opinion({ rationale: "ab" }), 0, 400);
  assert.deepEqual(all.timers.map(({ ms }) => ms), [400, 400]);
  all.timers[0].run();
  assert.equal(all.sent.length, 0);
  await all.timers[1].run();
  assert.equal(all.sent.length, 1);
  assert.equal(all.sent[0].content.rationale, "ab");
});

test("what is typed while the label is on its way follows it, over the version that came back", async () => {
  const all = world([
    async () => {
      all.saver.edit("c1", opinion({ rationale: "more" }), 0, 400);
      return { status: 200, body: { version: 7 } };
    },
  ]);
  all.saver.edit("c1", opinion(), 0);
  await all.saver.flush();
  assert.deepEqual(all.sent.map(({ version, content }) => [version, content.rationale]), [[0, ""], [7, "more"]]);
  assert.equal(all.saver.unsaved, false);
});

test("what another window typed over a label on its way goes over the version that came back", async () => {
  const all = world([
    async () => {
      all.saver.adopt("c1", { fields: { ...blank(), label: "verifiable_fact" }, version: 0, sending: null });
      return { status: 200, body: { version: 8 } };
    },
  ]);
  all.saver.edit("c1", opinion(), 0);
  await all.saver.flush();
  assert.deepEqual(all.sent.map(({ version, content }) => [version, content.label]), [[0, "opinion"], [8, "verifiable_fact"]]);
});

test("without a connection everything is kept, tried again ever more slowly, and sent as it was first", async () => {
  const all = world([new Error("cut"), 503, 0]);
  all.saver.edit("c1", opinion(), 2);
  await all.saver.flush();
  all.saver.edit("c1", opinion({ rationale: "typed while away" }), 2, 400);
  assert.equal(all.kept.c1.fields.rationale, "typed while away");
  await all.timers.at(-1).run();
  await all.timers.at(-1).run();
  assert.deepEqual(all.timers.map(({ ms }) => ms).slice(-3), [1000, 2000, 4000]);
  await all.timers.at(-1).run();
  assert.deepEqual(all.sent.map(({ key, content }) => [key, content.rationale]), [
    ["key-1", ""],
    ["key-1", ""],
    ["key-1", ""],
    ["key-1", ""],
    ["key-2", "typed while away"],
  ]);
  assert.equal(all.saver.unsaved, false);
  assert.equal(all.saver.failures, 0);
});

test("a closed tab loses nothing: the next page sends what the store holds, under its own key", async () => {
  const before = world([0]);
  before.saver.edit("c1", opinion({ rationale: "half" }), 3);
  await before.saver.flush();
  const after = world([], before.kept);
  assert.equal(after.saver.fields("c1").rationale, "half");
  assert.ok(after.saver.unsaved);
  await after.saver.flush();
  assert.deepEqual([after.sent[0].key, after.sent[0].version], ["key-1", 3]);
  assert.deepEqual(after.kept, {});
});

test("what lacks something is kept and not sent", async () => {
  const all = world();
  all.saver.edit("c1", { ...blank(), label: "unsure" }, 0);
  await all.saver.flush();
  assert.deepEqual([all.sent.length, all.states()], [0, ["incomplete"]]);
  assert.equal(all.saver.unsaved, false);
  assert.equal(all.kept.c1.fields.label, "unsure");
});

for (const status of [400, 403, 404, 409, 412]) {
  test(`a refusal (${status}) is told, nothing is lost, and the others are still sent`, async () => {
    const all = world([status]);
    all.saver.edit("c1", opinion({ rationale: "mine" }), 1);
    all.saver.edit("c2", opinion(), 0);
    await all.saver.flush();
    assert.deepEqual(all.told.slice(2), [["refused", "c1", status], ["saved", "c2", 200]]);
    assert.equal(all.saver.fields("c1").rationale, "mine");
    assert.equal(all.kept.c1.fields.rationale, "mine");
    await all.saver.flush();
    assert.equal(all.sent.length, 2);
  });
}

test("after a stale version the reviewer decides: mine over theirs, or theirs", async () => {
  const all = world([412, 200, 412]);
  all.saver.edit("c1", opinion({ rationale: "mine" }), 1);
  await all.saver.flush();
  all.saver.insist("c1", 5);
  await all.saver.flush();
  assert.deepEqual([all.sent[1].version, all.sent[1].content.rationale, all.sent[1].key], [5, "mine", "key-2"]);
  all.saver.edit("c1", opinion(), 1);
  await all.saver.flush();
  all.saver.discard("c1");
  assert.deepEqual([all.saver.fields("c1"), all.kept], [undefined, {}]);
});

test("signed out is a kind of away: the same is sent once one is back", async () => {
  const all = world([401]);
  all.saver.edit("c1", opinion(), 0);
  await all.saver.flush();
  assert.deepEqual(all.told.at(-1), ["away", "c1", 401]);
  await all.saver.flush();
  assert.deepEqual(all.told.at(-1), ["saved", "c1", 200]);
});
