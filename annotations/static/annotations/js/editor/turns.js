/** One request at a time, in the order of the keys: each needs the version that the one before left. */

const PAUSE = 400;

export class Turns {
  /** `first()` sends what else waits to be sent; it resolves when that has been tried. */
  constructor(first) {
    this.first = first;
    this.last = Promise.resolve();
    this.waiting = 0;
    this.later = null;
  }

  /** Whether anything is under way or waits for a pause. */
  get isBusy() {
    return Boolean(this.later || this.waiting);
  }

  /** Do something once everything before it is done. */
  queue(act) {
    this.waiting += 1;
    this.last = this.last.then(act).catch(() => null).finally(() => (this.waiting -= 1));
  }

  /** The same, after what waits for a pause has been sent. */
  take(act) {
    this.queue(async () => {
      clearTimeout(this.later?.timer);
      const sending = this.later;
      this.later = null;
      await sending?.run();
      await this.first();
      await act();
    });
  }

  /** Send when the keys pause; another kind of change, or one of another unit, goes first. */
  pause(what, run) {
    clearTimeout(this.later?.timer);
    if (this.later && this.later.what !== what) this.queue(this.later.run);
    this.later = { what, run, timer: setTimeout(() => this.take(() => null), PAUSE) };
  }
}
