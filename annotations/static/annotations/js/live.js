/**
 * Changes of others appear without a reload: what happened comes over the stream, the page is asked for again, and its
 * regions (`data-live`) are put in place, except where somebody types. See docs/decisions/0006-live.md.
 */

import { request } from "./lib/http.js";
import { Feed, Pace, compared, concern, sentence } from "./lib/live.js";
import * as place from "./lib/place.js";
import { remember, renewed } from "./lib/regions.js";

const HIDDEN = 15_000;
const PRESENT = 20_000;

const root = document.documentElement;
const box = document.getElementById("live");
const { events, article, claim, ...words } = box.dataset;
const about = { article, claim };
const followers = [];
let newest;
let isHeld = false;
let later = null;
let presence = null;

/** Hear of changes that concern this page: `hear(changes)`, null for any; it resolves to false to hear again later. */
export function follow(hear) {
  followers.push(hear);
}

async function renew(changes) {
  // Pages whose scripts hold what is typed ask for what they need themselves.
  const asked = followers.length ? followers.map((hear) => hear(changes)) : [refetch()];
  isHeld = (await Promise.all(asked)).includes(false);
}

async function refetch() {
  const answer = await fetch(location.pathname + location.search, { headers: { "Workbench-Live": "1" }, redirect: "manual" });
  if (!answer.ok) return true;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  return fresh.documentElement.dataset.user !== root.dataset.user || renewed(document, fresh);
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
  Object.assign(link, { href: location.href, textContent: words.reload });
  told.append(" ", link);
}

async function here() {
  clearTimeout(presence);
  if (!article || document.hidden) return;
  const { status, body } = await request("PUT", `/api/v1/articles/${article}/presence/`);
  document.getElementById("here").textContent = status === 200 ? sentence(body.people, words, root.lang) : "";
  presence = status !== 200 || body.shown ? setTimeout(here, PRESENT) : null;
}

function leave() {
  clearTimeout(presence);
  if (presence) request("DELETE", `/api/v1/articles/${article}/presence/`, { keepalive: true });
  presence = null;
}

/** Windows that nobody sees give up their stream, and catch up when they are seen again. */
async function seen() {
  clearTimeout(later);
  if (document.hidden) {
    leave();
    later = setTimeout(() => {
      feed.stop();
      place.leave();
    }, HIDDEN);
  } else {
    here();
    await place.take();
    feed.start();
  }
}

remember(document);
document.addEventListener("visibilitychange", seen);
window.addEventListener("pagehide", leave);
window.addEventListener("pageshow", ({ persisted }) => persisted && seen());
document.addEventListener("focusout", () => isHeld && setTimeout(() => pace.ask(null)));
seen();
