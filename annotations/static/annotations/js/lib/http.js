/** Requests to the API of this site, in the name of the person for whom the page was made. */

const TIMEOUT = 20_000;

/** One JSON request: `{status, body}`. A connection that fails is status 0; problem documents come as the body. */
export async function request(method, path, { body, version, key, keepalive = false } = {}) {
  const headers = { Accept: "application/json", "X-CSRFToken": csrf() };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const { user } = document.documentElement.dataset;
  if (user) headers["Workbench-User"] = user;
  if (version !== undefined) headers["If-Match"] = `"${version}"`;
  if (key) headers["Idempotency-Key"] = key;
  const signal = AbortSignal.timeout(TIMEOUT);
  try {
    const answer = await fetch(path, { method, headers, body: JSON.stringify(body), keepalive, signal });
    const text = await answer.text();
    return { status: answer.status, body: text && /json/.test(answer.headers.get("Content-Type")) ? JSON.parse(text) : null };
  } catch {
    return { status: 0, body: null };
  }
}

/** The token of now: signing in again, in another window, gives a new one. */
const csrf = () => /(?:^|; )csrftoken=([^;]*)/.exec(document.cookie)?.[1] ?? "";
