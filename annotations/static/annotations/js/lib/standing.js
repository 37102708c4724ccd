/** How claims stand now, asked of the API. */

import { request } from "./http.js";

const EACH = 10; // So many claims are asked for one by one, more of them as a list.

/** The claims of an article that changes are about; all of them for null. Those that cannot be had are left out. */
export async function claimsNow(article, changes) {
  const ids = named(changes, article);
  if (!ids || ids.length > EACH) return all(`/api/v1/articles/${article}/claims/?limit=200`);
  const answers = await Promise.all(ids.map((id) => request("GET", `/api/v1/claims/${id}/`)));
  return answers.filter(({ status }) => status === 200).map(({ body }) => body);
}

/** The ids of the claims of an article that changes are about; one's own labels change nothing of a claim. */
export function named(changes, article) {
  if (changes === null) return null;
  const about = changes.filter((each) => each.claim && each.article === article && !each.kind.startsWith("label."));
  return [...new Set(about.map(({ claim }) => claim))];
}

async function all(path) {
  const found = [];
  while (path) {
    const { status, body } = await request("GET", path);
    if (status !== 200) break;
    found.push(...body.results);
    path = body.next;
  }
  return found;
}
