/**
 * What was done to the units, to be undone and done again. Pure.
 *
 * A step is the units that went and those that came in their place. Undoing puts the first in the place of the second,
 * which gives them new ids: steps before it find them by those.
 */

const kept = ({ id, start, end, kind, proposition }) => ({ id, start, end, kind, proposition });

export class History {
  constructor() {
    this.done = [];
    this.undone = [];
    this.ids = new Map();
  }

  /** Units `before` became units `after`; what was undone earlier cannot be done again. */
  add(before, after) {
    this.done.push({ before: before.map(kept), after: after.map(kept) });
    this.undone = [];
  }

  /**
   * What undoing the last step takes (or doing again what was undone last): `gone`, units as they are now, and the
   * `wanted` ones in their place. `gone` is null where somebody changed one of them; null where there is no such step.
   * @param {(id: string) => object} find a unit as it is now
   * @param {(unit: object) => boolean} written whether somebody wrote its proposition
   */
  plan(isAgain, find, written) {
    const step = (isAgain ? this.undone : this.done).at(-1);
    if (!step) return null;
    const [from, to] = isAgain ? ["before", "after"] : ["after", "before"];
    const gone = step[from].map(({ id }) => find(this.#now(id)));
    const plan = { step, from, to, isAgain, gone, wanted: step[to].map(kept) };
    if (gone.some((unit, n) => !unit || !alike(unit, step[from][n]))) return { ...plan, gone: null };
    // What was written since is kept, as in a merge.
    const isRewritten = gone.some((unit, n) => unit.proposition !== step[from][n].proposition);
    if (isRewritten && plan.wanted.length) {
      plan.wanted[0].proposition = gone.filter(written).map((unit) => unit.proposition).join(" ");
    }
    return plan;
  }

  /** A plan was carried out: `made` are the wanted units, in their order. */
  settle({ step, from, to, isAgain, gone }, made) {
    step[to].forEach(({ id }, n) => id !== made[n].id && this.ids.set(id, made[n].id));
    step[from] = gone.map(kept);
    step[to] = made.map(kept);
    (isAgain ? this.undone : this.done).pop();
    (isAgain ? this.done : this.undone).push(step);
  }

  /** A plan cannot be carried out any more. */
  drop({ isAgain }) {
    (isAgain ? this.undone : this.done).pop();
  }

  /** Whether a unit of a step is the one that has this id now. */
  isSame(id, present) {
    return this.#now(id) === present;
  }

  #now(id) {
    while (this.ids.has(id)) id = this.ids.get(id);
    return id;
  }
}

const alike = (one, other) => one.start === other.start && one.end === other.end && one.kind === other.kind;
