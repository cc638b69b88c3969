// What a person has chosen for this browser. The theme has a file of its own, which runs earlier.
import { Store } from './store.js';

const SHOW_VALUES = 'cache-app-show-values';
const TIMES = 'cache-app-times';

function stored() {
  return { showsValues: localStorage.getItem(SHOW_VALUES) === 'true', isUtc: localStorage.getItem(TIMES) === 'utc' };
}

/** @type {Store<{showsValues: boolean, isUtc: boolean}>} isUtc: whether times are written in UTC */
export const preferences = new Store(stored());

/** Whether values are shown without a click. Reading one counts as a hit, so never in production. @param {any} service */
export function showsValues(service) {
  return mayShowValues(service) && preferences.value.showsValues;
}

/** Whether somebody may choose that. @param {any} service */
export function mayShowValues(service) {
  return service !== null && service.environment !== 'production';
}

/** @param {boolean} isOn */
export function setShowsValues(isOn) {
  localStorage.setItem(SHOW_VALUES, String(isOn));
  preferences.set({ showsValues: isOn });
}

/** @param {boolean} isUtc */
export function setUtc(isUtc) {
  localStorage.setItem(TIMES, isUtc ? 'utc' : 'local');
  preferences.set({ isUtc });
}

// Another tab has chosen.
addEventListener('storage', () => preferences.set(stored()));
