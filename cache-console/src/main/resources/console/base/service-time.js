// What time it is by the clock of the service: that of the browser may be wrong.

/** An answer says whole seconds and takes a moment, so less than this says nothing. */
const LEAST_MILLIS = 2_000;

/** By how much the clock of the service is ahead. */
let ahead = 0;

/** @param {string | null} date when the service answered, by its header */
export function hear(date) {
  const difference = Date.parse(date ?? '') - Date.now();
  if (!Number.isNaN(difference)) {
    ahead = Math.abs(difference) < LEAST_MILLIS ? 0 : difference;
  }
}

/** Milliseconds since the epoch. */
export function serviceTime() {
  return Date.now() + ahead;
}
