// The shell of every page: the present entry of the navigation is in sight, the menu closes as menus do, and / goes to
// the search field.

import { shortcut, SINGLE } from './lib/keys.js';

document.querySelector('.nav-row [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });

// A form that was refused is in sight, at the first thing to mend.
document.querySelector('main [aria-invalid="true"], main .errors[role=alert]')?.scrollIntoView({ block: 'center' });

const menu = document.querySelector('.menu');

document.addEventListener('click', (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});

document.addEventListener('keydown', (event) => {
  const keys = event.key === 'Escape' && document.querySelector('#keys[open]');
  if (keys) keys.open = false;
});

menu?.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !menu.open) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

// Whoever speaks to their computer, or hits keys by chance, does without shortcuts of one key.
const single = document.getElementById('single-keys');
if (single) {
  try {
    single.checked = localStorage.getItem(SINGLE) !== 'false';
    single.addEventListener('change', () => localStorage.setItem(SINGLE, String(single.checked)));
  } catch {
    single.disabled = true;
  }
}

// Rooms that wait for somebody to sign in again hear that they did.
const { user } = document.documentElement.dataset;
if (user) new BroadcastChannel('signed-in').postMessage(user);
const search = document.querySelector('.find input');

document.addEventListener('keydown', (event) => {
  if (!search || shortcut(event) !== '/') return;
  event.preventDefault();
  search.focus();
  search.select();
});
