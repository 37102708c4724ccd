/**
 * Drafts of forms: what was typed and not yet stored. Pure: what a draft is and what becomes of it, not where it is kept.
 * A draft that was sent is over when a page shows that it arrived: saved, or come back with its errors.
 */

const OWN = new Set(["csrfmiddlewaretoken", "version", "as"]);

/** The draft of a form's fields (pairs of name and text), or null where nothing differs from what the page came with. */
export function drafted(fields, given, sent = false) {
  const typed = fields.filter(([name, value]) => !OWN.has(name) && typeof value === "string");
  const before = new Map(given);
  return typed.some(([name, value]) => value !== (before.get(name) ?? "")) ? { sent, fields: typed } : null;
}

/** What becomes of a kept draft on a page that came: "none" there is none, "over" it arrived, "restore" it waits. */
export function fate(draft, { saved = false, refused = false }) {
  if (!draft) return "none";
  return refused || (draft.sent && saved) ? "over" : "restore";
}
