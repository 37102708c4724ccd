// <copy-box data-copy="…" data-copied="…">: a button after a text that is shown once, which copies it.
customElements.define('copy-box', class extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button button--small';
    button.ariaLive = 'polite';
    button.textContent = this.dataset.copy;
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(this.firstElementChild.textContent.trim());
      button.textContent = this.dataset.copied;
    });
    this.append(button);
  }
});
