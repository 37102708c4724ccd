/** The windows of one person agree: what one of them stored or typed shows in the others, never under the hands. */

import { contentOf, fieldsOf } from "../lib/label.js";
import { alike } from "../lib/kept.js";

export class Tabs {
  /**
   * @param {object} room `user`, `article`, `saver`, `find(id)`, `field(claim)` is the one that somebody types
   *   in at it here, if any; `shown(claim, version)` shows it anew, having shown that version
   */
  constructor(room) {
    Object.assign(this, room);
    this.told = new Map();
    this.channel = new BroadcastChannel(`labels:${room.user}:${room.article}`);
    this.channel.addEventListener("message", ({ data }) => this.#hear(data));
    this.here = new BroadcastChannel("signed-in");
    // A page that came for the same person: signed in again, perhaps.
    this.here.addEventListener("message", ({ data }) => data === String(room.user) && room.saver.flush());
    // What was stored while this page was on its way is in neither: the other windows know it.
    this.channel.postMessage({});
    window.addEventListener("storage", ({ key, oldValue, newValue }) => {
      const id = room.saver.store.idOf(key);
      if (id && newValue) this.#typed(id, parsed(oldValue), parsed(newValue));
    });
  }

  /** Tell the other windows how the label of a claim stands now; `label` is the API's, or null. */
  tell(id, label) {
    this.told.set(id, label);
    this.channel.postMessage({ id, label });
  }

  #hear({ id, label }) {
    if (!id) for (const [each, last] of this.told) this.channel.postMessage({ id: each, label: last });
    const claim = this.find(id);
    if (!claim || label?.version < claim.version) return;
    const draft = this.saver.fields(id);
    if (draft && !(label && alike(contentOf(draft), contentOf(fieldsOf(label))))) return;
    if (draft) this.saver.discard(id);
    const before = claim.version;
    Object.assign(claim, { version: label?.version ?? 0, mine: label, fields: fieldsOf(label) });
    this.shown(claim, before);
  }

  /**
   * What another window typed is typed here too, unless more was typed here meanwhile. It may be heard after the label
   * that came of it: then it is over.
   */
  #typed(id, before, draft) {
    const claim = this.find(id);
    const own = this.saver.typed(id);
    if (!claim || (own && !alike(own, before?.fields))) return;
    const field = this.field(claim);
    if (field && field.value !== draft.fields[field.name]) return;
    const stored = fieldsOf(claim.mine);
    const over = claim.mine && alike(contentOf(draft.fields), contentOf(stored));
    if (over) this.saver.discard(id);
    else this.saver.adopt(id, draft);
    claim.fields = over ? stored : draft.fields;
    this.shown(claim);
  }
}

function parsed(value) {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
