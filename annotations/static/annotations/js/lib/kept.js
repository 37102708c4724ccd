/** What this browser keeps between visits; a full or forbidden store is no obstacle. */

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
export function namesUnder(prefix) {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(prefix));
  } catch {
    return [];
  }
}

/**
 * A store of drafts, each under its own name. What another window typed since stays; where more is typed here, it is
 * laid beside under `besides`, for the person to look at.
 */
export function draftsUnder(prefix) {
  const own = {};
  return {
    load() {
      for (const name of namesUnder(prefix).filter((each) => !each.endsWith(BESIDE))) own[name.slice(prefix.length)] = remembered(name, {});
      return structuredClone(own);
    },
    keep(id, draft) {
      const typed = draft && !alike(draft.fields, own[id]?.fields);
      const stored = remembered(prefix + id, null);
      const foreign = stored && !alike(stored.fields, own[id]?.fields);
      if (typed && foreign && !alike(stored.fields, draft.fields)) layBeside(prefix + id, stored.fields);
      if (typed || alike(stored, own[id] ?? null)) remember(prefix + id, draft);
      own[id] = structuredClone(draft);
    },
    /** What another window keeps is known here. */
    saw(id, draft) {
      own[id] = structuredClone(draft);
    },
    /** The id of the draft that stands under a name; null where none does. */
    idOf(name) {
      return name?.startsWith(prefix) && !name.endsWith(BESIDE) ? name.slice(prefix.length) : null;
    },
  };
}

const BESIDE = ":beside";
const MOST = 20;

/** Lay words beside a draft; of one text that grew only the last is left. */
function layBeside(name, fields) {
  const others = remembered(name + BESIDE, []).filter((each) => !grew(each, fields));
  remember(name + BESIDE, [...others, fields].slice(-MOST));
}

function grew(before, now) {
  return Object.entries(before).every(([name, value]) => typeof value !== "string" || String(now[name]).startsWith(value));
}

/** What was laid beside drafts: `[id, versions of the fields]`. */
export function besides(prefix) {
  const names = namesUnder(prefix).filter((name) => name.endsWith(BESIDE));
  return names.map((name) => [name.slice(prefix.length, -BESIDE.length), remembered(name, [])]);
}

/** Forget what was laid beside a draft. */
export function forgetBeside(prefix, id) {
  remember(prefix + id + BESIDE, null);
}

/** Whether two values are the same as JSON. */
export function alike(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}
