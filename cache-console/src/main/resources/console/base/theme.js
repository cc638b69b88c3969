// Light or dark: as the system has it, or by hand. style/theme.js sets it before the first paint.
const NAME = 'cache-app-theme';
const ORDER = ['system', 'light', 'dark'];

/** `system`, `light` or `dark`. */
export function theme() {
  return document.documentElement.dataset.theme ?? 'system';
}

/** The one that follows. */
export function nextTheme() {
  return ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length];
}

/** @param {string} name */
export function setTheme(name) {
  document.documentElement.dataset.theme = name;
  localStorage.setItem(NAME, name);
}
