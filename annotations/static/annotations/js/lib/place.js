/**
 * The few places for event streams that all windows of a browser share: HTTP/1.1 has six connections to a host, and a
 * stream keeps one. Without Web Locks (plain HTTP to another machine) there is always a place.
 */

const PLACES = 4;

let free = null; // gives the place back
let asking = null;

/** Whether this window has a place. */
export const isTaken = () => free !== null;

/** Take a place where one is free. */
export function take() {
  if (asking) return asking;
  const mine = (asking = find().then((found) => {
    if (asking !== mine) return found?.();
    free = found;
    if (!found) asking = null;
  }));
  return mine;
}

/** Give it back. */
export function leave() {
  free?.();
  free = asking = null;
}

async function find() {
  if (!navigator.locks) return () => null;
  for (let n = 0; n < PLACES; n += 1) {
    const found = await new Promise((resolve) => {
      const hold = (lock) => (lock ? new Promise(resolve) : resolve(null));
      navigator.locks.request(`live-${n}`, { ifAvailable: true }, hold);
    });
    if (found) return found;
  }
  return null;
}
