/** A label as the card's fields hold it, and as the API takes it. Pure. */

const ABSTENTIONS = ["unsure", "not_a_claim"];
export const ATTRIBUTION = ["source_name", "source_role", "source_kind", "cue", "mode", "channel"];

/** What an attribution may point at in the text. */
export const PARTS = ["source", "cue", "content"];

/** Every field of the card, empty. `flags` are the API's: words, or `{flag, start, end}`; `spans` are those of `PARTS`. */
export function blank() {
  const texts = ["label", "content_kind", ...ATTRIBUTION, "confidence", "rationale", "rule", "reason"];
  return { ...Object.fromEntries(texts.map((name) => [name, ""])), flags: [], spans: {} };
}

/** The card's fields for a label that the API gave. */
export function fieldsOf(label) {
  const fields = blank();
  for (const [name, value] of Object.entries({ ...label, ...label?.attribution })) {
    if (!(name in fields) || value === null) continue;
    if (name === "flags") fields.flags = value.map(placed);
    else if (name === "spans") fields.spans = inOrder(value);
    else fields[name] = String(value);
  }
  return fields;
}

/** Flags and spans in the one order of their members in which they are compared. */
function placed(flag) {
  return flag.flag ? { flag: flag.flag, start: flag.start, end: flag.end } : flag;
}

function inOrder(spans) {
  const given = PARTS.filter((part) => spans[part]);
  return Object.fromEntries(given.map((part) => [part, { start: spans[part].start, end: spans[part].end }]));
}

/**
 * What to send, or null while something is missing that the API would refuse for: a label, a reason to abstain.
 * Fields that do not go with the label stay in the card and are not sent, nor is white space around names.
 */
export function contentOf(fields) {
  const abstains = ABSTENTIONS.includes(fields.label);
  if (!fields.label || lacksReason(fields)) return null;
  const content = { label: fields.label, flags: fields.flags, rationale: fields.rationale, rule: fields.rule };
  content.confidence = fields.confidence ? Number(fields.confidence) : null;
  if (abstains) content.reason = fields.reason;
  if (fields.label === "attributed_statement") {
    content.content_kind = fields.content_kind || null;
    content.attribution = attributionOf(fields);
  }
  return content;
}

function attributionOf(fields) {
  const given = ATTRIBUTION.filter((name) => fields[name].trim()).map((name) => [name, fields[name].trim()]);
  const spans = inOrder(fields.spans);
  if (Object.keys(spans).length) given.push(["spans", spans]);
  return given.length ? Object.fromEntries(given) : null;
}

/** Whether they abstain and do not say why: then nothing is saved. */
export const lacksReason = ({ label, reason }) => ABSTENTIONS.includes(label) && !reason.trim();

/** Whether the reviewer has more to say before moving on: who says it, or why they abstain. */
export const asksForMore = (fields) => fields.label === "attributed_statement" || lacksReason(fields);

/** The flags with the named one set (on a sub-span, where one is given) or taken away. */
export function flagged(flags, name, on, span = null) {
  const rest = flags.filter((flag) => (flag.flag ?? flag) !== name);
  return on ? [...rest, span ? { flag: name, ...span } : name] : rest;
}
