/** What keeps a page up to date: the stream of what happened, looks at the log while it is cut, and the pace of both. */

const POLL = 10_000; // Between looks at the log while the stream is cut.
const QUIET = 30_000; // A stream that says nothing for so long, not even its beat, is cut.
const MARGIN = 2; // Seconds: what was on its way when we last knew is asked for again.
const LONGEST = 24 * 60 * 60;
const RETRY = [1000, 2000, 5000, 10_000, 30_000];
const REST = 1000;
const CLOSED = 2; // EventSource.CLOSED

export const BROWSER = {
  now: () => Date.now(),
  after: (ms, run) => setTimeout(run, ms),
  cancel: (timer) => clearTimeout(timer),
};

/** One page's view of what happens in a project: live while the stream is, else by looking every now and then. */
export class Feed {
  /**
   * @param {object} world `connect(seconds)`: an EventSource from so many seconds ago (null: now), or null without a place
   *   `look()` resolves to "new", "same", "away" (no answer) or "over" (no right to read any more);
   *   `hear(changes)`: what happened, null where that may be anything; `tell(state)`: live, polling, away, over
   * @param {number} since when the page was asked for: it shows what had happened before
   */
  constructor(world, since) {
    Object.assign(this, BROWSER, world);
    this.sure = since;
    this.failures = 0;
    this.state = "";
  }

  start() {
    if (this.state === "over" || this.source) return;
    this.cancel(this.retry);
    this.#connect();
    this.#later();
  }

  stop() {
    this.#close();
    this.cancel(this.timer);
    this.cancel(this.retry);
  }

  #connect() {
    if (this.source) return;
    const seconds = Math.ceil((this.now() - this.sure) / 1000) + MARGIN;
    const within = seconds <= LONGEST;
    const source = (this.source = this.connect(within ? seconds : null));
    if (!within) this.hear(null);
    if (!source) return this.#cut(true);
    let changes = [];
    const on = (kind, act) => source.addEventListener(kind, (event) => source === this.source && act(event));
    this.heard = this.now();
    on("open", () => this.#live());
    on("change", ({ data }) => changes.push(JSON.parse(data)));
    on("position", () => {
      this.#live();
      this.sure = this.now();
      const heard = changes;
      changes = [];
      if (heard.length) this.hear(heard);
    });
    on("reset", () => {
      this.sure = this.now();
      changes = [];
      this.hear(null);
    });
    on("beat", () => {
      this.#live();
      this.sure = this.now();
      this.failures = 0;
    });
    on("end", () => this.#end());
    on("error", () => {
      changes = [];
      this.#cut(source.readyState === CLOSED);
    });
  }

  #live() {
    this.heard = this.now();
    this.#say("live");
  }

  /** The right to read has ended, or is another one now: the log tells which. */
  async #end() {
    this.#close();
    this.#again();
    if ((await this.#look()) !== "over") this.hear(null);
  }

  /** The browser tries again by itself, unless it was refused. */
  #cut(refused) {
    if (refused) {
      this.#close();
      this.#again();
    }
    if (this.state !== "live" && this.state) return;
    this.#say("polling");
    this.#poll();
  }

  #again() {
    this.cancel(this.retry);
    this.retry = this.after(RETRY[Math.min(this.failures++, RETRY.length - 1)], () => this.state !== "over" && this.#connect());
  }

  #close() {
    this.source?.close();
    this.source = null;
  }

  #later() {
    this.cancel(this.timer);
    this.timer = this.after(POLL, () => this.#tick());
  }

  #tick() {
    this.#later();
    if (this.state !== "live") this.#poll();
    else if (this.now() - this.heard > QUIET) {
      this.#close();
      this.#connect();
      this.#cut(false);
    }
  }

  async #poll() {
    const found = await this.#look();
    if (this.state === "live" || found === "over") return;
    this.#say(found === "away" ? "away" : "polling");
    if (found === "new") this.hear(null);
  }

  async #look() {
    const found = await this.look();
    if (found === "over") {
      this.stop();
      this.#say("over");
    }
    return found;
  }

  #say(state) {
    if (this.state !== state) this.tell((this.state = state));
  }
}

/**
 * Lets `act(changes)` run once at a time, and leaves the server four times as long alone as it took; what is asked for
 * meanwhile comes together afterwards. Null stands for changes of any kind.
 */
export class Pace {
  constructor(act, world = {}) {
    Object.assign(this, BROWSER, world, { act, isRunning: false, waiting: undefined });
  }

  ask(changes) {
    this.waiting = changes === null || this.waiting === null ? null : [...(this.waiting ?? []), ...changes];
    if (!this.isRunning) this.#run();
  }

  async #run() {
    const { waiting } = this;
    this.isRunning = true;
    this.waiting = undefined;
    const began = this.now();
    await Promise.resolve(this.act(waiting)).catch(() => null);
    this.after(Math.max(REST, 4 * (this.now() - began)), () => {
      this.isRunning = false;
      if (this.waiting !== undefined) this.#run();
    });
  }
}

/** Whether changes matter to a page: about its claim, its article, or, where it is about neither, any. */
export function concern(changes, { article, claim }) {
  if (changes === null || !article) return true;
  return changes.some((each) => each.article === article && (!claim || !each.claim || each.claim === claim));
}

/** What the list of the log says against what it said before: its newest entry, by id. */
export function compared({ status, body }, newest) {
  if ([401, 403, 404].includes(status)) return "over";
  if (status !== 200) return "away";
  return body.results[0]?.id === newest ? "same" : "new";
}
