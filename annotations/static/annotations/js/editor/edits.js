/** What can be done to units: each through the API, told where it is refused, and kept in order to be undone. */

import { request } from "../lib/http.js";
import { told } from "../lib/order.js";
import { shortened } from "../lib/shortened.js";
import { nudged } from "../lib/words.js";
import { History } from "./history.js";

const $ = (id) => document.getElementById(id);

export class Edits {
  /** @param {object} page `units`, `turns`, `propositions`, `article` (its id), `language`, `words` */
  constructor(page) {
    Object.assign(this, page);
    this.base = `/api/v1/articles/${page.article}`;
    this.history = new History();
  }

  /** Make one unit of several beside each other. */
  async merge(chosen) {
    if (chosen.length < 2) return this.say(this.words.last);
    if (!this.#isStored(chosen)) return;
    const made = await this.#write("POST", `${this.base}/merge/`, { body: { claims: chosen.map(({ id }) => id) } });
    if (made) this.#did(chosen, [made]);
  }

  /** Cut the current unit before a code point. */
  async split(at) {
    const unit = this.units.current;
    if (!unit || at === null || at <= unit.start || at >= unit.end) return this.say(this.words.cut);
    if (!this.#isStored([unit])) return;
    const made = await this.#write("POST", `/api/v1/claims/${unit.id}/split/`, { body: { at }, version: unit.version });
    if (made) this.#did([unit], made);
  }

  /** Add a unit; false where it is refused. */
  async add(body) {
    const made = await this.#write("POST", `${this.base}/claims/`, { body });
    if (!made) return false;
    getSelection().removeAllRanges();
    this.#did([], [made]);
    return true;
  }

  /** Take the current unit away, and offer it back. */
  async dismiss() {
    const unit = this.units.current;
    if (!unit || !this.#isStored([unit])) return;
    const gone = await this.#write("DELETE", `/api/v1/claims/${unit.id}/`, { version: unit.version });
    if (!gone) return;
    const quote = shortened(this.units.quote(unit));
    this.#did([unit], []);
    const again = document.createElement("button");
    Object.assign(again, { type: "button", className: "button button--small", textContent: this.words.undo });
    again.onclick = () => this.turns.take(() => this.undo());
    this.say(`${told(this.words.dismissed, { quote })} `, again);
  }

  /** Move an end of the current unit over one word; the request goes when the keys pause. */
  trim(which, step) {
    const { units } = this;
    const unit = units.current;
    if (!unit) return;
    const { start, end } = nudged(units.text, unit, which, step, this.language);
    if (start === unit.start && end === unit.end) return;
    Object.assign(unit, { start, end, before: unit.before ?? { ...unit } });
    units.drawing.show(units.all);
    units.show({ reveal: false });
    $("saved").textContent = "";
    this.turns.pause(`span ${unit.id}`, async () => {
      const { before } = unit;
      unit.before = undefined;
      const { version } = unit;
      const made = await this.#write("PATCH", `/api/v1/claims/${unit.id}/`, { body: { start, end }, version });
      if (made) this.propositions.follow(unit.id, version, made.version);
      this.took(unit, made ?? { start: before.start, end: before.end });
      if (!made) return;
      this.history.add([before], [unit]);
      $("saved").textContent = this.words.saved;
    });
  }

  /** Take the last edit back, or with `isAgain` do again what was taken back last. */
  async undo(isAgain = false) {
    const { units, words, history } = this;
    const plan = history.plan(isAgain, (id) => units.find(id), (unit) => units.isWritten(unit));
    if (!plan) return this.say(isAgain ? words.nothingToRedo : words.nothingToUndo);
    if (plan.gone && !this.#isStored(plan.gone)) return;
    const { status, body } = plan.gone ? await this.#exchange(plan) : { status: 412 };
    if (status >= 200 && status < 300) {
      history.settle(plan, body);
      units.replace(plan.gone, body);
      this.say("");
      $("saved").textContent = isAgain ? words.redone : words.undone;
    } else if (status === 0 || status >= 500) this.say(words.notStored);
    else {
      history.drop(plan);
      await this.reload();
      this.say(words.changedSince);
    }
  }

  /** A unit is as the server has it now; where somebody types its proposition, the card is left alone. */
  took(unit, made) {
    const { units } = this;
    const isTyping = document.activeElement === $("proposition").elements.proposition;
    units.took(unit, made);
    if (unit === units.current && !isTyping) units.show({ reveal: false });
  }

  /** All units anew, as the server has them; to false where somebody began to type while they were asked for. */
  async reload(mayChange = () => true) {
    const found = [];
    for (let path = `${this.base}/claims/`; path; ) {
      const { status, body } = await request("GET", path);
      if (status !== 200) return;
      found.push(...body.results);
      path = body.next;
    }
    return mayChange() && this.units.renew(found);
  }

  /** Tell what is wrong, or with something to do about it, what was done; an empty sentence takes it back. */
  say(sentence, ...more) {
    $("refused").hidden = !sentence;
    $("refused").className = more.length ? "notice" : "error";
    $("refused").replaceChildren(sentence, ...more);
  }

  /** One unit that only has other ends stays itself; any others are exchanged, all or none. */
  async #exchange({ gone, wanted }) {
    const [{ id, version } = {}] = gone;
    if (gone.length === 1 && wanted.length === 1 && this.history.isSame(wanted[0].id, id)) {
      const { start, end } = wanted[0];
      const answer = await request("PATCH", `/api/v1/claims/${id}/`, { body: { start, end }, version });
      return { status: answer.status, body: [answer.body] };
    }
    const body = {
      old: gone.map((unit) => ({ id: unit.id, version: unit.version })),
      new: wanted.map(({ start, end, kind, proposition }) => ({ start, end, kind, proposition })),
    };
    return request("POST", `${this.base}/replace/`, { body });
  }

  #did(before, after) {
    this.history.add(before, after);
    this.units.replace(before, after);
  }

  /** Whether what was typed on these units is stored; told where it is not. */
  #isStored(chosen) {
    if (!this.propositions.unsaved(chosen)) return true;
    this.say(this.words.unsent);
    return false;
  }

  /** One request: what it gave, or null after telling why not. */
  async #write(method, path, options) {
    const { words } = this;
    const { status, body } = await request(method, path, options);
    if (status >= 200 && status < 300) {
      this.say("");
      return body ?? {};
    }
    if (status === 412) await this.reload();
    const why = Object.values(body?.errors ?? { body: [body?.detail ?? ""] }).flat().join(" ");
    this.say(status === 0 ? words.notStored : status === 412 ? words.stale : why);
    return null;
  }
}
