// What became of acts whose place on the page was left before their answer came.
import { count } from './formats.js';
import { serviceTime } from './service-time.js';
import { onOtherCaller } from './session.js';
import { Store } from './store.js';

/** More would hide the screen; the oldest are dropped. */
const MOST = 5;

/** @typedef {{what: string, failure: any, said: string, at: number}} Outcome failure: null if it was done; said: what came of it, if that is known */

/** @type {Store<{outcomes: Outcome[], left: number}>} left: how many changes were under way when the last caller left; nobody else is told of them */
export const untold = new Store({ outcomes: [], left: 0 });

let underWay = 0;

/** A change is being sent. @returns {() => void} to be called once when it has ended */
export function begin() {
  underWay++;
  return () => void underWay--;
}

/** @type {Set<() => void>} */
const listeners = new Set();

/** What is shown is older than what is told. @param {() => void} listener @returns {() => void} ends that */
export function onTold(listener) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** @param {string} what was done @param {any} failure what the request threw; null if nothing @param {string} [said] */
export function tell(what, failure, said = '') {
  untold.set({ outcomes: [...untold.value.outcomes, { what, failure, said, at: serviceTime() }].slice(-MOST) });
  listeners.forEach((listener) => listener());
}

/** In words: how many changes had no answer yet when the caller left, or when the service or the rights became others. Empty if none had */
export function leftWords(/** @type {number} */ left) {
  return left === 0 ? '' : `${count(left, 'change')} had no answer yet when the caller, the rights or the service became another. What came of ${left === 1 ? 'it' : 'them'} is not told here; jobs and keys show it.`;
}

export function dismissLeft() {
  untold.set({ left: 0 });
}

/** @param {Outcome} outcome that somebody has read */
export function dismiss(outcome) {
  untold.set({ outcomes: untold.value.outcomes.filter((each) => each !== outcome) });
}

onOtherCaller(() => untold.set({ outcomes: [], left: underWay }));
