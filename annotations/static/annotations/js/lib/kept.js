/** What this browser keeps between visits; the page has it all, so a full or forbidden store is no obstacle. */

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
    // Leaving the page asks.
  }
}

/** The names in use that begin alike. */
function namesUnder(prefix) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

/** A store of drafts, each under its own name. What another window typed since stays, unless more is typed here. */
export function draftsUnder(prefix) {
  const own = {};
  return {
    load() {
      for (const name of namesUnder(prefix)) own[name.slice(prefix.length)] = remembered(name, {});
      return structuredClone(own);
    },
    keep(id, draft) {
      const typed = draft && !alike(draft.fields, own[id]?.fields);
      if (typed || alike(remembered(prefix + id, null), own[id])) remember(prefix + id, draft);
      own[id] = draft;
    },
  };
}

/** Whether two values are the same as JSON. */
export function alike(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
