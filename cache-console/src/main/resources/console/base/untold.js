// What became of acts whose place on the page was left before their answer came.
import { serviceTime } from './service-time.js';
import { onOtherCaller } from './session.js';
import { Store } from './store.js';

/** More would hide the screen; the oldest are dropped. */
const MOST = 5;

/** @typedef {{what: string, failure: any, at: number}} Outcome failure: null if it was done */

/** @type {Store<{outcomes: Outcome[]}>} */
export const untold = new Store({ outcomes: [] });

/** @param {string} what was done @param {any} failure what the request threw; null if nothing */
export function tell(what, failure) {
  untold.set({ outcomes: [...untold.value.outcomes, { what, failure, at: serviceTime() }].slice(-MOST) });
}

/** @param {Outcome} outcome that somebody has read */
export function dismiss(outcome) {
  untold.set({ outcomes: untold.value.outcomes.filter((each) => each !== outcome) });
}

onOtherCaller(() => untold.set({ outcomes: [] }));
