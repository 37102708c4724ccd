/** <snapshot-progress data-snapshot>: looks at the snapshot each second, and loads the page anew when it has ended. */

import { request } from "./lib/http.js";
import { pause } from "./lib/job.js";

const WAITING = new Set(["queued", "fetching"]);

customElements.define("snapshot-progress", class extends HTMLElement {
  connectedCallback() {
    this.failures = 0;
    this.timer = setTimeout(() => this.look(), pause(0));
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async look() {
    const { status, body } = await request("GET", `/api/v1/snapshots/${this.dataset.snapshot}/`);
    this.failures = status === 200 ? 0 : this.failures + 1;
    if (status === 200 && !WAITING.has(body.state)) location.reload();
    else this.timer = setTimeout(() => this.look(), pause(this.failures));
  }
});
