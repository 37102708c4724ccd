/** How long the reviewer is active on each claim, from what happens on the page. */

import { Activity } from "../lib/activity.js";

const ACTS = ["keydown", "pointerdown", "pointermove", "scroll", "input"];

export class Time {
  constructor() {
    this.activity = new Activity();
    for (const act of ACTS) document.addEventListener(act, () => this.activity.touch(performance.now()), { capture: true, passive: true });
    document.addEventListener("visibilitychange", () => this.activity[document.hidden ? "pause" : "touch"](performance.now()));
  }

  /** From now on it is this claim. */
  turn({ id, seconds }) {
    this.activity.turn(id, seconds, performance.now());
  }

  /** What goes with the label of a claim. */
  of(id) {
    return { seconds: this.activity.seconds(id) };
  }
}
