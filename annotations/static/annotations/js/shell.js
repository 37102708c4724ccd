// The shell of every page: the present entry of the navigation is in sight, the menu closes as menus do, and / goes to
// the search field.

import { shortcut } from './lib/keys.js';

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
