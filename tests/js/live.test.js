import assert from "node:assert/strict";
import { test } from "node:test";
import { Feed, Pace, compared, concern } from "../../annotations/static/annotations/js/lib/live.js";
import { sentence } from "../../annotations/static/annotations/js/lib/presence.js";
import { named } from "../../annotations/static/annotations/js/lib/standing.js";

const settled = () => new Promise((done) => setImmediate(done));

/** A clock that the test moves. */
function clock() {
  const all = { at: 1_000_000, timers: [] };
  all.now = () => all.at;
  all.after = (ms, run) => all.timers.push({ due: all.at + ms, run }) && all.timers.at(-1);
  all.cancel = (timer) => (all.timers = all.timers.filter((each) => each !== timer));
  all.pass = async (ms) => {
    const end = all.at + ms;
    for (;;) {
      const next = all.timers.filter(({ due }) => due <= end).sort((one, other) => one.due - other.due)[0];
      if (!next) break;
      all.at = next.due;
      all.cancel(next);
      next.run();
      await settled();
    }
    all.at = Math.max(all.at, end);
  };
  return all;
}

/** An EventSource whose server is the test. */
class Source extends EventTarget {
  constructor(seconds) {
    super();
    Object.assign(this, { seconds, readyState: 1 });
  }
  close() {
    this.readyState = 2;
  }
  say(kind, data = {}) {
    this.dispatchEvent(Object.assign(new Event(kind), { data: JSON.stringify(data) }));
  }
  break(refused) {
    this.readyState = refused ? 2 : 0;
    this.say("error");
  }
}

function world({ found = [], places = true } = {}) {
  const time = clock();
  const all = { pass: time.pass, sources: [], heard: [], told: [], looks: 0 };
  all.feed = new Feed(
    {
      connect: (seconds) => {
        if (!places) return null;
        all.sources.push(new Source(seconds));
        return all.sources.at(-1);
      },
      look: async () => {
        all.looks += 1;
        return found.shift() ?? "same";
      },
      hear: (changes) => all.heard.push(changes),
      tell: (state) => all.told.push(state),
      now: () => time.at,
      after: time.after,
      cancel: time.cancel,
    },
    time.at - 700,
  );
  all.feed.start();
  return all;
}

const CHANGE = { kind: "claim.decided", article: "a", claim: "c" };

test("a stream begins when the page was asked for, and tells what happened once all of it has come", async () => {
  const { sources, heard, told } = world();
  assert.equal(sources[0].seconds, 3);
  sources[0].say("open");
  sources[0].say("change", CHANGE);
  sources[0].say("change", CHANGE);
  assert.deepEqual(heard, []);
  sources[0].say("position");
  assert.deepEqual([heard, told], [[[CHANGE, CHANGE]], ["live"]]);
  sources[0].say("position");
  assert.equal(heard.length, 1);
});

test("a reset may be anything", () => {
  const { sources, heard } = world();
  sources[0].say("reset");
  assert.deepEqual(heard, [null]);
});

test("a cut stream is told at once, and the log is looked at until it is back", async () => {
  const all = world({ found: ["new", "same", "new"] });
  all.sources[0].say("open");
  all.sources[0].break(false);
  await settled();
  assert.deepEqual([all.told, all.heard], [["live", "polling"], [null]]);
  all.sources[0].break(false);
  await all.pass(10_000);
  assert.deepEqual([all.looks, all.heard.length], [2, 1]);
  await all.pass(10_000);
  assert.deepEqual([all.looks, all.heard.length], [3, 2]);
  all.sources[0].say("open");
  await all.pass(10_000);
  assert.deepEqual([all.looks, all.told], [3, ["live", "polling", "live"]]);
  assert.equal(all.sources.length, 1);
});

test("half of what was on its way is not told: it comes again", () => {
  const { sources, heard } = world();
  sources[0].say("change", CHANGE);
  sources[0].break(false);
  sources[0].say("position");
  assert.deepEqual(heard, []);
});

test("a refused stream is tried again, less and less often, from where one last was", async () => {
  const all = world();
  all.sources[0].say("open");
  all.sources[0].say("beat");
  await all.pass(20_000);
  all.sources[0].break(true);
  await all.pass(1000);
  assert.equal(all.sources.length, 2);
  assert.equal(all.sources[1].seconds, 23);
  all.sources[1].break(true);
  await all.pass(1999);
  assert.equal(all.sources.length, 2);
  await all.pass(1);
  assert.equal(all.sources.length, 3);
});

test("a stream without its beat is cut, whatever the browser believes", async () => {
  const all = world();
  all.sources[0].say("open");
  await all.pass(20_000);
  all.sources[0].say("beat");
  await all.pass(30_000);
  assert.deepEqual([all.sources.length, all.told], [1, ["live"]]);
  await all.pass(10_000);
  assert.deepEqual([all.sources.length, all.told], [2, ["live", "polling"]]);
  assert.equal(all.sources[0].readyState, 2);
  all.sources[0].say("open");
  assert.equal(all.told.length, 2);
});

test("without an answer to either it says so", async () => {
  const all = world({ found: ["away", "same"] });
  all.sources[0].break(false);
  await settled();
  assert.deepEqual(all.told, ["polling", "away"]);
  await all.pass(10_000);
  assert.deepEqual(all.told, ["polling", "away", "polling"]);
});

test("an end is another role, or the end", async () => {
  const other = world({ found: ["same"] });
  other.sources[0].say("open");
  other.sources[0].say("end");
  await settled();
  assert.deepEqual(other.heard, [null]);
  await other.pass(1000);
  assert.equal(other.sources.length, 2);

  const over = world({ found: ["over"] });
  over.sources[0].say("end");
  await settled();
  await over.pass(100_000);
  assert.deepEqual([over.told, over.sources.length, over.heard], [["over"], 1, []]);
  over.feed.start();
  assert.equal(over.sources.length, 1);
});

test("a hidden window has no stream, and catches up", async () => {
  const all = world();
  all.sources[0].say("position");
  all.feed.stop();
  await all.pass(100_000);
  assert.deepEqual([all.sources[0].readyState, all.looks], [2, 0]);
  all.feed.start();
  assert.equal(all.sources[1].seconds, 102);
  all.feed.stop();
  await all.pass(25 * 60 * 60 * 1000);
  all.feed.start();
  assert.deepEqual([all.sources[2].seconds, all.heard], [null, [null]]);
});

test("without a place for a stream it looks, and asks for a place now and then", async () => {
  const all = world({ places: false, found: ["same", "new"] });
  await settled();
  assert.deepEqual([all.told, all.looks], [["polling"], 1]);
  await all.pass(10_000);
  assert.deepEqual(all.heard, [null]);
});

test("the pace: one at a time, the rest together, and rest for the server", async () => {
  const time = clock();
  const asked = [];
  const act = async (changes) => {
    asked.push(changes);
    time.at += 400;
  };
  const pace = new Pace(act, { now: () => time.at, after: time.after, cancel: time.cancel });
  pace.ask([1]);
  pace.ask([2]);
  pace.ask([3]);
  await settled();
  assert.deepEqual(asked, [[1]]);
  await time.pass(1599);
  assert.equal(asked.length, 1);
  await time.pass(1);
  assert.deepEqual(asked, [[1], [2, 3]]);
  pace.ask([4]);
  pace.ask(null);
  pace.ask([5]);
  await time.pass(1600);
  assert.equal(asked.at(-1), null);
  await time.pass(60_000);
  assert.equal(asked.length, 3);
});

test("a page that fails to come does not stop the pace", async () => {
  const time = clock();
  let n = 0;
  const pace = new Pace(async () => Promise.reject(new Error(String((n += 1)))), { now: () => time.at, after: time.after });
  pace.ask(null);
  await settled();
  await time.pass(1000);
  pace.ask(null);
  assert.equal(n, 2);
});

test("what matters to a page", () => {
  const [ofClaim, ofArticle, ofOther] = [CHANGE, { ...CHANGE, claim: null }, { ...CHANGE, claim: "d" }];
  assert.equal(concern([{ kind: "member.added", article: null, claim: null }], {}), true);
  assert.equal(concern([{ kind: "member.added", article: null, claim: null }], { article: "a" }), false);
  assert.equal(concern(null, { article: "a", claim: "c" }), true);
  assert.equal(concern([ofOther], { article: "a" }), true);
  assert.equal(concern([ofOther], { article: "a", claim: "c" }), false);
  assert.equal(concern([ofOther, ofClaim], { article: "a", claim: "c" }), true);
  assert.equal(concern([ofArticle], { article: "a", claim: "c" }), true);
});

test("claims to ask for: others' doings in the article, each once", () => {
  const own = { ...CHANGE, kind: "label.saved", claim: "d" };
  const elsewhere = { ...CHANGE, article: "b", claim: "e" };
  assert.deepEqual(named([CHANGE, CHANGE, own, elsewhere, { ...CHANGE, claim: null }], "a"), ["c"]);
  assert.equal(named(null, "a"), null);
});

test("what the log says", () => {
  const body = { results: [{ id: "1" }] };
  assert.equal(compared({ status: 200, body }, "1"), "same");
  assert.equal(compared({ status: 200, body }, undefined), "new");
  assert.equal(compared({ status: 200, body: { results: [] } }, undefined), "same");
  assert.deepEqual([401, 403, 404].map((status) => compared({ status }, "1")), ["over", "over", "over"]);
  assert.deepEqual([0, 503].map((status) => compared({ status }, "1")), ["away", "away"]);
});

test("who is here", () => {
  const words = { one: "{names} is here", more: "{names} are here" };
  const plain = (text) => text.replace(/[\u2068\u2069]/g, "");
  assert.equal(sentence([], words, "en"), "");
  assert.equal(plain(sentence(["Ann"], words, "en")), "Ann is here");
  assert.equal(plain(sentence(["Ann", "Ben", "Cleo"], words, "en")), "Ann, Ben, and Cleo are here");
});
