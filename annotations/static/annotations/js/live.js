/**
 * Changes of others appear without a reload: what happened comes over the stream, the page is asked for again, and its
 * regions (`data-live`) are put in place, except where somebody types. See docs/decisions/0006-live.md.
 */

import { request } from "./lib/http.js";
import { Feed, Pace, compared, concern } from "./lib/live.js";
import * as place from "./lib/place.js";

const HIDDEN = 15_000;

const root = document.documentElement;
const box = document.getElementById("live");
const { events, article, claim, one, reload } = box.dataset;
const about = { article, claim };
const followers = [];
let newest;
let isHeld = false;
let later = null;
let presence = null;
let regions = null;

/** Hear of changes that concern this page: `hear(changes)`, null for any; it resolves to false to hear again later. */
export function follow(hear) {
  followers.push(hear);
}

async function renew(changes) {
  // Pages whose scripts hold what is typed ask for what they need themselves.
  const asked = followers.length ? followers.map((hear) => hear(changes)) : [regions && refetch()];
  isHeld = (await Promise.all(asked)).includes(false);
}

async function refetch() {
  const answer = await fetch(location.pathname + location.search, { headers: { "Workbench-Live": "1" }, redirect: "manual" });
  if (!answer.ok) return true;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  return fresh.documentElement.dataset.user !== root.dataset.user || regions.renewed(document, fresh);
}

const pace = new Pace(renew);
const feed = new Feed(
  {
    connect: (seconds) => (place.isTaken() ? new EventSource(seconds === null ? events : `${events}?seconds=${seconds}`) : null),
    async look() {
      await place.take();
      const answer = await request("GET", `${events}?limit=1`);
      const found = compared(answer, newest);
      if (found === "new") newest = answer.body.results[0]?.id;
      return found;
    },
    hear: (changes) => concern(changes, about) && pace.ask(changes),
    tell,
  },
  performance.timeOrigin + (performance.getEntriesByType("navigation")[0]?.requestStart ?? 0),
);

function tell(state) {
  const told = document.getElementById("live-state");
  told.className = `live-state live-state--${state}`;
  told.textContent = box.getAttribute(`data-state-${state}`);
  box.hidden = false;
  if (state !== "over") return;
  const link = document.createElement("a");
  Object.assign(link, { href: location.href, textContent: reload });
  told.append(" ", link);
}

/** Windows that nobody sees give up their stream, and catch up when they are seen again. */
async function seen() {
  clearTimeout(later);
  if (document.hidden) {
    presence?.leave();
    later = setTimeout(() => {
      feed.stop();
      place.leave();
    }, HIDDEN);
  } else {
    presence?.say();
    await place.take();
    feed.start();
  }
}

document.addEventListener("visibilitychange", seen);
window.addEventListener("pageshow", ({ persisted }) => persisted && seen());
document.addEventListener("focusout", () => isHeld && setTimeout(() => pace.ask(null)));
seen();
// The rooms, whose scripts hold what is typed, have no regions; most projects do not show who is here.
if (document.querySelector("main [data-live]")) {
  import("./lib/regions.js").then((found) => (regions = found).remember(document));
}
if (one) {
  import("./lib/presence.js").then(({ Presence }) => {
    presence = new Presence(box.dataset);
    if (!document.hidden) presence.say();
  });
}
