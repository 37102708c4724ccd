// <job-progress data-job data-states>: looks at the job each second and moves the bar; reloads when it has ended.
import { request } from './lib/http.js';
import { bar, counts, ended, pause } from './lib/job.js';

customElements.define('job-progress', class extends HTMLElement {
  connectedCallback() {
    this.failures = 0;
    this.words = Object.fromEntries(this.dataset.states.split(';').map((pair) => pair.split('=')));
    this.look();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  async look() {
    const { status, body: job } = await request('GET', `/api/v1/jobs/${this.dataset.job}/`);
    this.failures = status === 200 ? 0 : this.failures + 1;
    if (status === 200) {
      this.show(job);
      if (ended(job)) return location.reload();
    }
    this.timer = setTimeout(() => this.look(), pause(this.failures));
  }

  show(job) {
    const { value, max } = bar(job);
    const progress = this.querySelector('progress');
    progress.max = max;
    if (value === null) progress.removeAttribute('value');
    else progress.value = value;
    this.part('counts').textContent = counts(job);
    if (this.part('state').textContent === this.words[job.state]) return;
    this.part('state').textContent = this.part('told').textContent = this.words[job.state];
  }

  part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }
});
