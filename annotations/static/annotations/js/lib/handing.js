/** Handing in: what is missing, and only when everything typed has arrived. */

import { contentOf } from "./label.js";

const $ = (id) => document.getElementById(id);
const MOST = 50;

export class Handing {
  /** `itemOf` gives a claim's entry in the list of what is missing. */
  constructor(claims, saver, words, itemOf) {
    Object.assign(this, { claims, words, itemOf });
    $("hand-in").addEventListener("toggle", () => (this.list(), $("hand-in-all").focus()));
    $("hand-in-form").addEventListener("submit", async (event) => {
      if (!saver.unsaved) return;
      event.preventDefault();
      await saver.flush();
      $("unsent").textContent = words.sending;
      $("unsent").hidden = !saver.unsaved;
      if (!saver.unsaved) event.target.requestSubmit(event.submitter);
    });
  }

  /** Open the panel, in sight. */
  open(event) {
    event.preventDefault();
    $("hand-in").open = true;
    this.list();
    $("hand-in-form").scrollIntoView({ block: "center" });
  }

  /** Say, in the open panel, which claims are still without a label, and which lack a content kind, as they may. */
  list() {
    if (!$("hand-in").open) return;
    const missing = this.claims.filter((claim) => !claim.done);
    $("missing-head").textContent = missing.length ? this.words.missing : this.words.ready;
    $("missing").replaceChildren(...missing.slice(0, MOST).map(this.itemOf));
    $("hand-in-all").hidden = missing.length > 0;
    $("hand-in-part").hidden = missing.length === 0;
    const kindless = this.claims.filter((claim) => !claim.locked && !claim.closed && contentOf(claim.fields)?.content_kind === null);
    $("kindless").hidden = kindless.length === 0;
    $("kindless-list").replaceChildren(...kindless.slice(0, MOST).map(this.itemOf));
  }
}
