/** What this browser holds of the same person and nobody has: texts to copy or to discard. Nothing else shows them. */

import { besides, forgetBeside, namesUnder, remember, remembered } from "../lib/kept.js";
import { told } from "../lib/order.js";

const $ = (id) => document.getElementById(id);

/** @param {object} room `words`, `claims`, `quote(claim)`; `drafts`, `proposed`: the prefixes of drafts of labels and of propositions */
export class Leftovers {
  constructor(room) {
    Object.assign(this, room);
    $("leftovers").addEventListener("click", ({ target }) => this.#pressed(target.closest("button")));
    this.show();
  }

  /** List them, or hide the list. */
  show() {
    const found = [...this.#propositions(), ...this.#typedElsewhere()];
    this.found = found;
    $("leftovers").hidden = !found.length;
    $("leftover-list").replaceChildren(...found.map(({ where, text }, n) => this.#item(where, text, n)));
  }

  /** Propositions typed before the article was opened, except those that were stored after all. */
  #propositions() {
    const drafts = namesUnder(this.proposed).map((name) => ({ name, id: name.slice(this.proposed.length), text: remembered(name, {}).fields?.proposition }));
    return drafts
      .filter(({ id, text }) => text && text.trim() !== this.#proposition(id))
      .map(({ name, id, text }) => ({ where: this.#where(this.words.ofProposition, id), text, forget: () => remember(name, null) }));
  }

  #proposition(id) {
    const claim = this.claims.find((each) => each.id === id);
    return claim && (claim.told || this.quote(claim).trim().split(/\s+/u).join(" "));
  }

  #typedElsewhere() {
    return besides(this.drafts).map(([id, versions]) => ({
      where: this.#where(this.words.ofWindow, id),
      text: versions.map(textOf).filter(Boolean).join("\n\n"),
      forget: () => forgetBeside(this.drafts, id),
    })).filter(({ text }) => text);
  }

  #where(sentence, id) {
    const n = this.claims.findIndex((claim) => claim.id === id);
    return told(sentence, { n: n < 0 ? "–" : n + 1 });
  }

  #item(where, text, n) {
    const item = $("leftover").content.firstElementChild.cloneNode(true);
    item.querySelector("b").textContent = where;
    item.querySelector("blockquote").textContent = text;
    item.dataset.n = n;
    return item;
  }

  async #pressed(button) {
    if (!button) return;
    const one = this.found[button.closest("li").dataset.n];
    if (button.name === "discard") {
      one.forget();
      this.show();
      $("quote").focus();
      return;
    }
    await navigator.clipboard.writeText(one.text);
    button.textContent = button.dataset.copied;
  }
}

/** The words somebody typed into the card. */
function textOf({ source_name, source_role, cue, channel, reason, rationale }) {
  return [source_name, source_role, cue, channel, reason, rationale].filter((text) => text?.trim()).join("\n");
}
