// Light or dark: as the system has it, or by hand. style/theme.js sets it before the first paint.
import { Store } from './store.js';

const NAME = 'cache-app-theme';

/** The themes in the order in which they follow each other. */
export const THEMES = ['system', 'light', 'dark'];

/** @type {Store<{name: string}>} `system`, `light` or `dark` */
export const theme = new Store({ name: document.documentElement.dataset.theme ?? 'system' });

/** The one that follows. */
export function nextTheme() {
  return THEMES[(THEMES.indexOf(theme.value.name) + 1) % THEMES.length];
}

/** @param {string} name */
function show(name) {
  document.documentElement.dataset.theme = name;
  theme.set({ name });
}

/** @param {string} name */
export function setTheme(name) {
  localStorage.setItem(NAME, name);
  show(name);
}

// Another tab has chosen.
addEventListener('storage', () => show(localStorage.getItem(NAME) ?? 'system'));
