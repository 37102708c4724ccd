/** Propositions as they are typed: kept in this browser until they are stored, both texts shown where two wrote. */

import { request } from "./http.js";
import { draftsUnder } from "./kept.js";
import { told } from "./order.js";
import { Saver } from "./saver.js";

const PAUSE = 400;

const $ = (id) => document.getElementById(id);

export class Propositions {
  /**
   * @param {object} editor `article`; `words`; `current()` and `find(id)` give units; `queue(act)` runs one act after
   *   another; `stored(unit, claim)` hears what the server has, `gone()` that it has no such unit
   */
  constructor(editor) {
    this.editor = editor;
    this.field = $("proposition").elements.proposition;
    this.saver = new Saver({
      contentOf: (fields) => fields,
      store: draftsUnder(`proposition-drafts:${document.documentElement.dataset.user}:${editor.article}:`),
      send: (id, { content, version, key }) => {
        const keepalive = document.visibilityState === "hidden";
        return request("PATCH", `/api/v1/claims/${id}/`, { body: content, version, key, keepalive });
      },
      tell: (...heard) => this.#hear(...heard),
      // Every request waits for its turn: each needs the version that the one before left.
      clock: { after: (ms, run) => setTimeout(() => editor.queue(run), ms), cancel: (timer) => clearTimeout(timer) },
    });
    this.field.addEventListener("input", () => this.#typed());
    $("mine").addEventListener("click", () => this.#decide(true));
    $("theirs").addEventListener("click", () => this.#decide(false));
    $("orphan-discard").addEventListener("click", () => this.#discardOrphan());
    const flush = () => editor.queue(() => this.flush());
    window.addEventListener("online", flush);
    document.addEventListener("visibilitychange", flush);
    flush();
  }

  /** Whether something typed (on one of these units, or at all) is not stored. */
  unsaved(units) {
    return units ? units.some(({ id }) => this.saver.fields(id)) : this.saver.drafts.size > 0;
  }

  /** Send what was typed; resolves when that has been tried. */
  flush() {
    return this.saver.flush();
  }

  /** Something else of the unit was stored here: what was typed before begins from the version that this made. */
  follow(id, from, to) {
    const draft = this.saver.drafts.get(id);
    if (draft?.version !== from) return;
    Object.assign(draft, { version: to, sending: null });
    this.saver.edit(id, draft.fields, to, PAUSE);
  }

  /** Write the unit's proposition into its field, as typed where it is not stored; tell what refused it. */
  show(unit) {
    const text = this.saver.fields(unit?.id)?.proposition ?? unit?.proposition ?? "";
    if (this.field.value !== text) this.field.value = text;
    const { status, body } = this.saver.refusal(unit?.id) ?? {};
    const isStale = status === 412;
    $("unstored").hidden = !status;
    $("why").textContent = isStale ? this.editor.words.staleText : (body?.detail ?? "");
    $("their-text").textContent = isStale ? unit.proposition : "";
    $("their-text").hidden = !isStale;
    const orphan = this.#orphan();
    $("orphan").hidden = !orphan;
    $("orphan-text").textContent = orphan?.[1].fields.proposition ?? "";
  }

  #typed() {
    const unit = this.editor.current();
    if (!unit) return;
    this.saver.edit(unit.id, { proposition: this.field.value }, unit.version, PAUSE);
    this.show(unit);
  }

  #hear(state, id, answer) {
    const { editor } = this;
    const unit = editor.find(id);
    const { away, signedOut, saved } = editor.words;
    if (state === "saved") {
      if (unit) editor.stored(unit, answer.body);
      this.#notice("");
    } else if (state === "away") this.#notice(answer.status === 401 ? signedOut : away);
    else if (state === "refused") this.#refused(id, unit, answer);
    $("saved").textContent = state === "saved" ? saved : "";
  }

  #refused(id, unit, { status, body }) {
    const { editor } = this;
    if (status === 404) return this.#gone();
    if (status === 412 && unit) {
      // Who wrote the same has nothing to choose.
      if (body.current.proposition === this.saver.fields(id).proposition) this.saver.discard(id);
      editor.stored(unit, body.current);
    }
    this.show(editor.current());
    const isElsewhere = unit && unit !== editor.current() && this.saver.refusal(id);
    if (isElsewhere) this.#notice(told(editor.words.refused, { n: unit.letter, why: body?.detail ?? "" }));
  }

  /** The unit is no more; the page turns to another one only when nobody is typing, lest the rest be typed there. */
  #gone() {
    const { editor, field } = this;
    const turn = () => editor.queue(editor.gone);
    if (document.activeElement === field) field.addEventListener("blur", turn, { once: true });
    else turn();
    this.show(editor.current());
  }

  #notice(sentence) {
    $("away").textContent = sentence;
    $("away").hidden = !sentence;
  }

  /** Mine over what is stored now, or what is stored. */
  #decide(isMine) {
    const unit = this.editor.current();
    if (isMine) this.saver.insist(unit.id, unit.version);
    else this.saver.discard(unit.id);
    this.show(unit);
  }

  /** What was typed for a unit that is no more. */
  #orphan() {
    return [...this.saver.drafts].find(([id]) => !this.editor.find(id));
  }

  #discardOrphan() {
    this.saver.discard(this.#orphan()[0]);
    this.show(this.editor.current());
  }
}
