/**
 * Drafts of forms: what was typed and not yet stored. Pure: what a draft is and what becomes of it, not where it is kept.
 * A draft is over when a page shows that it arrived; a form that came back with its errors shows it already.
 */

const OWN = new Set(["csrfmiddlewaretoken", "version", "as"]);

/**
 * The draft of a form's fields (pairs of name and text), with the version it was typed over; null where nothing differs
 * from what the page came with.
 */
export function drafted(fields, given) {
  const typed = fields.filter(([name, value]) => !OWN.has(name) && typeof value === "string");
  const before = new Map(given);
  return typed.some(([name, value]) => value !== (before.get(name) ?? "")) ? { fields: typed, version: new Map(fields).get("version") } : null;
}

/** What becomes of a kept draft on a page that came: "none" there is none, "over" it arrived, "shown", or "restore". */
export function fate(draft, { arrived = false, refused = false }) {
  if (!draft) return "none";
  if (arrived) return "over";
  return refused ? "shown" : "restore";
}
