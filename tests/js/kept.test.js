import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { besides, draftsUnder, forgetBeside, remembered } from "../../annotations/static/annotations/js/lib/kept.js";
import { Saver } from "../../annotations/static/annotations/js/lib/saver.js";

/** localStorage, as a browser has it: the names are its own properties, the methods are not. */
class Storage {
  getItem(name) {
    return this[name] ?? null;
  }
  setItem(name, value) {
    this[name] = String(value);
  }
  removeItem(name) {
    delete this[name];
  }
}

beforeEach(() => {
  Object.defineProperty(globalThis, "localStorage", { value: new Storage(), configurable: true });
});

/** A window on one article; `answers` are what the server says, without a connection when there is none left. */
function opened(...answers) {
  const send = async () => answers.shift() ?? { status: 0, body: null };
  const clock = { after: () => 1, cancel: () => null };
  return new Saver({ contentOf: (fields) => fields, store: draftsUnder("drafts:ann:"), send, tell: () => null, clock });
}

test("two windows of one person keep their drafts beside each other", async () => {
  const [one, two] = [opened(), opened({ status: 200, body: { version: 1 } })];
  one.edit("c1", { text: "offline" }, 0);
  two.edit("c2", { text: "typed elsewhere" }, 0);
  assert.deepEqual(Object.keys(localStorage), ["drafts:ann:c1", "drafts:ann:c2"]);
  await two.flush();
  assert.deepEqual(Object.keys(localStorage), ["drafts:ann:c1"]);
  assert.equal(opened().fields("c1").text, "offline");
});

test("a window takes away what it stored, and not what another one typed on the same claim since", async () => {
  const one = opened();
  one.edit("c1", { text: "first" }, 0);
  const two = opened({ status: 200, body: { version: 1 } });
  one.edit("c1", { text: "first and more" }, 0);
  await two.flush();
  assert.equal(remembered("drafts:ann:c1", null).fields.text, "first and more");
});

test("drafts of others are not looked at", () => {
  opened().edit("c1", { text: "mine" }, 0);
  assert.deepEqual(draftsUnder("drafts:ben:").load(), {});
});

test("what is typed over another window's words lays them beside, the last of one text that grew", () => {
  const [one, two] = [opened(), opened()];
  one.edit("c1", { text: "from one" }, 0);
  two.edit("c1", { text: "from two" }, 0);
  assert.deepEqual(besides("drafts:ann:"), [["c1", [{ text: "from one" }]]]);
  one.edit("c1", { text: "from one and more" }, 0);
  two.edit("c1", { text: "from two!" }, 0);
  assert.deepEqual(besides("drafts:ann:"), [["c1", [{ text: "from two" }, { text: "from one and more" }]]]);
  assert.deepEqual(Object.keys(draftsUnder("drafts:ann:").load()), ["c1"]);
  forgetBeside("drafts:ann:", "c1");
  assert.deepEqual(besides("drafts:ann:"), []);
});

test("what another window typed and this one took over is no other text", () => {
  const [one, two] = [opened(), opened()];
  one.edit("c1", { text: "begun" }, 3);
  two.adopt("c1", remembered("drafts:ann:c1", null));
  two.edit("c1", { text: "begun and ended" }, 3);
  assert.deepEqual(besides("drafts:ann:"), []);
  assert.equal(remembered("drafts:ann:c1", null).fields.text, "begun and ended");
});

test("only names of drafts have the id of a claim", () => {
  const store = draftsUnder("drafts:ann:");
  assert.deepEqual(["drafts:ann:c1", "drafts:ann:c1:beside", "drafts:ben:c1", null].map(store.idOf), ["c1", null, null, null]);
});
