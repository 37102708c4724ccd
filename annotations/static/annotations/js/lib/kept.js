/** What this browser keeps for this page between visits. A full or forbidden store is no obstacle: the page has it all. */

/** What was kept under a name, or something else. */
export function remembered(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** Keep a value, or with null nothing. */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // Nothing is lost by this as long as the page is open, and leaving it asks.
  }
}
