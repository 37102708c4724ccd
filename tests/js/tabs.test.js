import assert from "node:assert/strict";
import { test } from "node:test";
import { blank, contentOf, fieldsOf } from "../../annotations/static/annotations/js/lib/label.js";
import { Saver } from "../../annotations/static/annotations/js/lib/saver.js";
import { Tabs } from "../../annotations/static/annotations/js/room/tabs.js";

const PREFIX = "drafts:";
const settled = () => new Promise((done) => setTimeout(done, 20));

/** A window at claim c1. It hears drafts and labels in the order that the test says: a browser promises none. */
function windowAt(t, user) {
  globalThis.window = new EventTarget();
  const claim = { id: "c1", version: 0, mine: null, fields: blank() };
  const saver = new Saver({
    contentOf,
    send: async () => ({ status: 0, body: null }),
    store: { load: () => ({}), keep: () => null, saw: () => null, idOf: (name) => name.slice(PREFIX.length) },
    tell: () => null,
    clock: { after: () => null, cancel: () => null },
  });
  const room = { user, article: "a", saver, find: (id) => (id === "c1" ? claim : undefined), field: () => null, shown: () => null };
  const tabs = new Tabs(room);
  const other = new BroadcastChannel(`labels:${user}:a`);
  t.after(() => [tabs.channel, tabs.here, other].forEach((channel) => channel.close()));
  return {
    claim,
    saver,
    async stored(label) {
      other.postMessage({ id: "c1", label });
      await settled();
    },
    typed(before, after) {
      const text = (fields) => fields && JSON.stringify({ fields, version: claim.version, sending: null });
      const event = { key: `${PREFIX}c1`, oldValue: text(before), newValue: text(after) };
      window.dispatchEvent(Object.assign(new Event("storage"), event));
    },
  };
}

const label = (version, more) => ({ ...contentOf({ ...blank(), label: "opinion", ...more }), version });
const opinion = (more) => ({ ...blank(), label: "opinion", ...more });

test("a draft that is heard after the label that came of it is over, and what is typed next shows", async (t) => {
  const there = windowAt(t, "late");
  await there.stored(label(1));
  there.typed(null, opinion());
  assert.equal(there.saver.fields("c1"), undefined);
  there.typed(null, opinion({ rationale: "A judgement." }));
  assert.equal(there.claim.fields.rationale, "A judgement.");
  await there.stored(label(2, { rationale: "A judgement." }));
  assert.deepEqual([there.claim.version, there.saver.fields("c1")], [2, undefined]);
});

test("drafts of another window follow each other, whatever was missed between them", async (t) => {
  const there = windowAt(t, "gap");
  there.typed(null, { ...blank(), rationale: "typed before the label" });
  there.typed(opinion(), opinion({ rationale: "more" }));
  assert.equal(there.claim.fields.rationale, "more");
});

test("what was typed here stays, where the other window did not see it", async (t) => {
  const there = windowAt(t, "own");
  there.claim.fields = opinion({ rationale: "mine" });
  there.saver.edit("c1", there.claim.fields, 0);
  there.typed(null, opinion({ rationale: "theirs" }));
  assert.deepEqual([there.claim.fields.rationale, there.saver.fields("c1").rationale], ["mine", "mine"]);
  assert.deepEqual(fieldsOf(there.claim.mine), blank());
});
