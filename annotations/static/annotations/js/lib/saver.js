/**
 * Keeps what was typed until the server has it. Pure: the wire and the store are given.
 *
 * What is on its way is sent again as it was, with its Idempotency-Key, until it is answered.
 */

import { alike } from "./kept.js";

const RETRY = [1000, 2000, 4000, 8000, 15000, 30000];
const TRY_AGAIN = new Set([0, 401, 408, 425, 429, 500, 502, 503, 504]);

const BROWSER = {
  besides: () => ({}),
  newKey: () => `${Date.now()}-${Math.random()}`,
  clock: { after: (ms, run) => setTimeout(run, ms), cancel: (timer) => clearTimeout(timer) },
};

export class Saver {
  /**
   * @param {object} world `contentOf(fields)`: what to send, null while it is incomplete; `store` of drafts;
   *   `send(id, {content, version, key, besides})` gives `{status, body}`, status 0 without a connection;
   *   `besides(id)`: what goes with the content and is none;
   *   `tell(state, id, answer)`: waiting, incomplete, saved, refused, or away without a usable answer
   */
  constructor(world) {
    Object.assign(this, BROWSER, world);
    this.drafts = new Map(Object.entries(this.store.load()));
    this.failures = 0;
    this.timer = null;
    this.running = null;
  }

  /** What was typed and is not acknowledged; undefined where nothing is. */
  fields(id) {
    return this.drafts.get(id)?.fields;
  }

  /** What was typed here, and not in another window. */
  typed(id) {
    return this.drafts.get(id)?.adopted ? undefined : this.fields(id);
  }

  /** The answer that refused what was typed, until it is changed. */
  refusal(id) {
    return this.drafts.get(id)?.refusal;
  }

  /** Whether anything waits to be sent; a draft that lacks something, or was refused, does not. */
  get unsaved() {
    return [...this.drafts.values()].some((draft) => this.#ready(draft));
  }

  /** The fields of a claim have changed; `version` is that of the label they began from. */
  edit(id, fields, version, wait = 0) {
    const draft = this.drafts.get(id) ?? { version, sending: null };
    this.drafts.set(id, Object.assign(draft, { fields: structuredClone(fields), refusal: null, adopted: false }));
    this.#keep(id);
    this.tell(this.#ready(draft) ? "waiting" : "incomplete", id);
    if (!this.failures) this.#later(wait);
  }

  /** Hold what another window typed and keeps. */
  adopt(id, draft) {
    this.drafts.set(id, { ...draft, refusal: null, adopted: true });
    this.store.saw(id, draft);
  }

  /** Send a refused draft again, over the label of this version. */
  insist(id, version) {
    const { fields } = Object.assign(this.drafts.get(id), { version });
    this.edit(id, fields, version);
  }

  /** Forget what was typed on a claim. */
  discard(id) {
    this.drafts.delete(id);
    this.#keep(id);
  }

  /** Send now all that can be sent; resolves when that has been tried. */
  flush() {
    this.clock.cancel(this.timer);
    this.running ??= this.#sendAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  #ready(draft) {
    return !draft.refusal && (draft.sending !== null || this.contentOf(draft.fields) !== null);
  }

  #keep(id) {
    const { fields, version, sending } = this.drafts.get(id) ?? {};
    this.store.keep(id, fields ? { fields, version, sending } : null);
  }

  #later(ms) {
    this.clock.cancel(this.timer);
    this.timer = this.clock.after(ms, () => this.flush());
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
    const { fields, version } = draft;
    const sending = (draft.sending ??= { content: this.contentOf(fields), version, key: this.newKey(), besides: this.besides(id) });
    this.#keep(id);
    const answer = await this.send(id, sending).catch(() => ({ status: 0, body: null }));
    if (TRY_AGAIN.has(answer.status)) {
      this.tell("away", id, answer);
      return false;
    }
    draft.sending = null;
    const whole = alike(sending.content, this.contentOf(draft.fields));
    if (answer.status < 300) {
      // Another window may have typed over this meanwhile.
      for (const each of [draft, this.drafts.get(id) ?? draft]) each.version = answer.body.version;
      if (whole && this.drafts.get(id) === draft) this.drafts.delete(id);
      this.tell("saved", id, answer);
    } else if (whole) {
      draft.refusal = answer;
      this.tell("refused", id, answer);
    }
    this.#keep(id);
    return true;
  }
}
