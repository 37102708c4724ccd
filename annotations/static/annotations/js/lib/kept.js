/** What this browser keeps between visits. A full or forbidden store is no obstacle: the page has it all. */

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
    // Nothing is lost while the page is open, and leaving it asks.
  }
}
