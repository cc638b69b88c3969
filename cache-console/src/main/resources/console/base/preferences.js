// What a person has chosen for this browser.
const SHOW_VALUES = 'cache-app-show-values';

/** Whether values are shown without a click. Reading one counts as a hit, so never in production. @param {any} service */
export function showsValues(service) {
  return service !== null && service.environment !== 'production' && localStorage.getItem(SHOW_VALUES) === 'true';
}

/** @param {boolean} isOn */
export function setShowsValues(isOn) {
  localStorage.setItem(SHOW_VALUES, String(isOn));
}
