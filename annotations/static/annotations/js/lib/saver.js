/**
 * Keeps what a reviewer typed until the server has it. Pure: the wire, the browser's store and the clock are given.
 *
 * What is on its way is frozen (content, version, key) and sent again as it was until it is answered: with its
 * Idempotency-Key a lost answer is then no second write, and no conflict with oneself.
 */

const RETRY = [1000, 2000, 4000, 8000, 15000, 30000];
const TRY_AGAIN = new Set([0, 401, 408, 425, 429, 500, 502, 503, 504]);

export class Saver {
  /**
   * @param {object} world `contentOf(fields)` what to send, null while a draft is not complete;
   *   `send(id, {content, version, key})` to `{status, body}`, status 0 without a connection;
   *   `store` to `load()` and `keep(drafts)`; `newKey()`; `clock` with `after(ms, run)` and `cancel(timer)`;
   *   `tell(state, id, answer)`: `waiting`, `incomplete`, `saved`, `refused`, or `away` without a usable answer.
   */
  constructor(world) {
    this.world = world;
    this.drafts = new Map(Object.entries(world.store.load()));
    this.failures = 0;
    this.timer = null;
    this.running = null;
  }

  /** What was typed and is not acknowledged; undefined where nothing is. */
  fields(id) {
    return this.drafts.get(id)?.fields;
  }

  /** Whether anything waits to be sent (a draft that lacks something, or was refused, is kept and does not count). */
  get unsaved() {
    return [...this.drafts.values()].some((draft) => this.#ready(draft));
  }

  /** The fields of a claim have changed; `version` is that of the label they began from. */
  edit(id, fields, version, wait = 0) {
    const draft = this.drafts.get(id) ?? { version, sending: null };
    this.drafts.set(id, Object.assign(draft, { fields: structuredClone(fields), refused: false }));
    this.#keep();
    this.world.tell(this.#ready(draft) ? "waiting" : "incomplete", id);
    if (!this.failures) this.#later(wait);
  }

  /** Send a refused draft again, over the label of this version. */
  insist(id, version) {
    const draft = this.drafts.get(id);
    if (!draft) return;
    draft.version = version;
    this.edit(id, draft.fields, version);
  }

  /** Forget what was typed on a claim. */
  discard(id) {
    this.drafts.delete(id);
    this.#keep();
  }

  /** Send now all that can be sent; resolves when that has been tried. */
  flush() {
    this.world.clock.cancel(this.timer);
    this.running ??= this.#sendAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  #ready(draft) {
    return !draft.refused && (draft.sending !== null || this.world.contentOf(draft.fields) !== null);
  }

  #keep() {
    const kept = [...this.drafts].map(([id, { fields, version, sending }]) => [id, { fields, version, sending }]);
    this.world.store.keep(Object.fromEntries(kept));
  }

  #later(ms) {
    this.world.clock.cancel(this.timer);
    this.timer = this.world.clock.after(ms, () => this.flush());
  }

  async #sendAll() {
    for (;;) {
      const [id, draft] = [...this.drafts].find(([, each]) => this.#ready(each)) ?? [];
      if (!draft) return;
      if (!(await this.#sendOne(id, draft))) return this.#later(RETRY[Math.min(this.failures++, RETRY.length - 1)]);
      this.failures = 0;
    }
  }

  /** False where the same has to be sent again later. */
  async #sendOne(id, draft) {
    const sending = (draft.sending ??= this.#frozen(draft));
    this.#keep();
    const answer = await this.world.send(id, sending).catch(() => ({ status: 0, body: null }));
    if (TRY_AGAIN.has(answer.status)) {
      this.world.tell("away", id, answer);
      return false;
    }
    draft.sending = null;
    const whole = alike(sending.content, this.world.contentOf(draft.fields));
    if (answer.status < 300) this.#acknowledge(id, draft, answer, whole);
    else if (whole) {
      draft.refused = true;
      this.world.tell("refused", id, answer);
    }
    this.#keep();
    return true;
  }

  #frozen(draft) {
    return { content: this.world.contentOf(draft.fields), version: draft.version, key: this.world.newKey() };
  }

  #acknowledge(id, draft, answer, whole) {
    draft.version = answer.body.version;
    if (whole && this.drafts.get(id) === draft) this.drafts.delete(id);
    this.world.tell("saved", id, answer);
  }
}

function alike(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
