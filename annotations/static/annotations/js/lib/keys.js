/** Single-key shortcuts: which key was meant, and never while somebody types. */

const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=button], [type=submit])";
const OWN_ARROWS = "input[type=radio]";
const OWN_ENTER = "button, a, summary, textarea, select";

/** The key of an event as shortcuts name it; null where it belongs to what has the focus. */
export function shortcut(event) {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return null;
  const { key, target } = event;
  if (target.closest?.(TYPING)) return null;
  if (key.startsWith("Arrow") && target.closest?.(OWN_ARROWS)) return null;
  if ((key === "Enter" || key === " ") && target.closest?.(OWN_ENTER)) return null;
  return key.length === 1 ? key.toLowerCase() : key;
}
