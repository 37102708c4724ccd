/** Single-key shortcuts: which key was meant, and never while somebody types. */

const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])";
const OWN_ARROWS = "input[type=radio]";
const OWN_ENTER = "button, a, summary, textarea, select";

/** Under which name a browser remembers that the person of this page wants no single-key shortcuts. */
export const SINGLE = `single-keys:${globalThis.document?.documentElement.dataset.user ?? ""}`;

function areOff() {
  try {
    return localStorage.getItem(SINGLE) === "false";
  } catch {
    return false;
  }
}

/** The key of an event as shortcuts name it; null where it belongs to what has the focus, or single keys are off. */
export function shortcut(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  const { key, target } = event;
  if (target.closest?.(TYPING)) return null;
  if (key.startsWith("Arrow") && target.closest?.(OWN_ARROWS)) return null;
  if ((key === "Enter" || key === " ") && target.closest?.(OWN_ENTER)) return null;
  if (/^\w{2,}$/u.test(key)) return key;
  return areOff() ? null : latin(event);
}

/** Where the layout has another script, what the same key is in Latin. */
function latin({ key, code = "" }) {
  if (key === "؟") return "?";
  const [, own] = /^(?:Key|Digit)(\w)$/u.exec(code) ?? [];
  return (own && key > "\u02ff" ? own : key).toLowerCase();
}
