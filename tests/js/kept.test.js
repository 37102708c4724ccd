import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { draftsUnder, remembered } from "../../annotations/static/annotations/js/lib/kept.js";
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
