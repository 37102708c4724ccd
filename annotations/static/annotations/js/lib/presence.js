/** Who else has this article open: said, and asked, every now and then by a page that is seen. */

import { request } from "./http.js";

const EVERY = 20_000;

export class Presence {
  constructor({ article, one, more }) {
    Object.assign(this, { path: `/api/v1/articles/${article}/presence/`, words: { one, more }, timer: null });
    window.addEventListener("pagehide", () => this.leave());
  }

  async say() {
    clearTimeout(this.timer);
    const { status, body } = await request("PUT", this.path);
    const people = status === 200 ? body.people : [];
    document.getElementById("here").textContent = sentence(people, this.words, document.documentElement.lang);
    this.timer = document.hidden ? null : setTimeout(() => this.say(), EVERY);
  }

  leave() {
    clearTimeout(this.timer);
    if (this.timer) request("DELETE", this.path, { keepalive: true });
    this.timer = null;
  }
}

/** Who is here, in a sentence; nothing where nobody is. */
export function sentence(people, { one, more }, language) {
  if (!people.length) return "";
  const names = new Intl.ListFormat(language, { type: "conjunction" }).format(people.map((name) => `\u2068${name}\u2069`));
  return (people.length === 1 ? one : more).replace("{names}", names);
}
