/** How long somebody is active, on one thing at a time. Pure: times are given, in milliseconds. */

const IDLE = 60_000;
const MOST = 86_400;

export class Activity {
  constructor() {
    this.spent = new Map();
    this.id = null;
    this.last = null;
  }

  /** From now on it is this thing; `seconds` is what was spent on it before this page came. */
  turn(id, seconds, now) {
    if (this.id !== null) this.touch(now);
    this.id = id;
    this.last = now;
    if (!this.spent.has(id)) this.spent.set(id, seconds * 1000);
  }

  /** Something was done: the time since the last act counts, up to a minute of it. */
  touch(now) {
    if (this.last !== null) this.#add(Math.min(now - this.last, IDLE));
    this.last = now;
  }

  /** Nobody is looking any more. */
  pause(now) {
    this.touch(now);
    this.last = null;
  }

  /** Whole seconds spent on a thing so far. */
  seconds(id) {
    return Math.min(MOST, Math.floor((this.spent.get(id) ?? 0) / 1000));
  }

  #add(ms) {
    this.spent.set(this.id, (this.spent.get(this.id) ?? 0) + Math.max(0, ms));
  }
}
