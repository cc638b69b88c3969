// The one place that says how sizes, times and numbers are written and read.
import { preferences } from './preferences.js';
import { serviceTime } from './service-time.js';

const NUMBER = new Intl.NumberFormat('en');
const SIZES = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** Such as 1,234,567. @param {number} value */
export function number(value) {
  return NUMBER.format(value);
}

/** Such as `1 key`, `2,000 keys`. @param {number} count @param {string} one @param {string} [many] */
export function count(count, one, many = `${one}s`) {
  return `${number(count)} ${count === 1 ? one : many}`;
}

/** Such as 512 B, 1.5 KiB. @param {number} bytes */
export function size(bytes) {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < SIZES.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return unit === 0 || value >= 100
    ? `${number(Math.round(value))} ${SIZES[unit]}`
    : `${value.toFixed(1)} ${SIZES[unit]}`;
}

/** Such as 97.5 %; 100 % only if it is all. @param {number} share 0 to 1 */
export function percent(share) {
  if (share > 0 && share < 0.001) {
    return '< 0.1 %';
  }
  const tenths = Math.floor(share * 1_000 + 1e-9);
  return tenths === 0 || tenths === 1_000 ? `${tenths / 10} %` : `${(tenths / 10).toFixed(1)} %`;
}

/** How many a second, such as 0.5/s, 1,200/s. @param {number} perSecond */
export function rate(perSecond) {
  if (perSecond > 0 && perSecond < 0.1) {
    return '< 0.1/s';
  }
  return `${perSecond === 0 || perSecond >= 100 ? number(Math.round(perSecond)) : perSecond.toFixed(1)}/s`;
}

/** Such as 45 s, 12 min, 3.5 h, 20 d. @param {number} seconds */
export function duration(seconds) {
  if (seconds < 60) {
    return `${Math.max(0, Math.round(seconds))} s`;
  }
  // Not 60 min.
  if (seconds < 3570) {
    return `${Math.round(seconds / 60)} min`;
  }
  if (seconds < 36_000) {
    return `${(seconds / 3600).toFixed(1)} h`;
  }
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${number(Math.round(seconds / 86_400))} d`;
}

/** The same for times that may be short, such as 24 ms. @param {number} millis */
export function millis(millis) {
  return millis < 1_000 ? `${number(millis)} ms` : duration(millis / 1_000);
}

/** The rest of a lifetime. @param {number | null} seconds null: it never ends */
export function lifetime(seconds) {
  return seconds === null ? 'never' : duration(seconds);
}

/** How long nobody used it. @param {number | null | undefined} seconds null: unknown */
export function idle(seconds) {
  return seconds === null || seconds === undefined ? '–' : duration(seconds);
}

/** The time of day, such as 14:02:07 of this browser, or 14:02:07 UTC if somebody wants that. @param {string | number | Date} instant */
export function clock(instant) {
  return marked(parts(instant)[1]);
}

/** The day, likewise. @param {string | number | Date} instant */
export function day(instant) {
  return marked(parts(instant)[0]);
}

/** Day and time, likewise. @param {string | number | Date} instant */
export function dayAndTime(instant) {
  return marked(parts(instant).join(' '));
}

/** @param {string | number | Date} instant @returns {string[]} day and time of day */
function parts(instant) {
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) {
    return ['–', '–'];
  }
  // The local time is what UTC would be if the clock were that much ahead or behind.
  const shown = preferences.value.isUtc ? time : new Date(time.getTime() - time.getTimezoneOffset() * 60_000);
  return shown.toISOString().slice(0, 19).split('T');
}

/** @param {string} time */
function marked(time) {
  return preferences.value.isUtc ? `${time} UTC` : time;
}

/** Seconds since then. @param {string | number | Date} instant */
export function age(instant) {
  return Math.max(0, (serviceTime() - new Date(instant).getTime()) / 1000);
}

/** As parseDuration() reads it, exactly: such as 90s, 5m, 2h, 30d. @param {number} seconds */
export function written(seconds) {
  const [name, unit] = Object.entries({ d: 86_400, h: 3600, m: 60, s: 1 }).find(([, size]) => seconds % size === 0);
  return `${seconds / unit}${name}`;
}

const BYTES = { '': 1, b: 1, k: 1024, kb: 1024, kib: 1024, m: 1024 ** 2, mb: 1024 ** 2, mib: 1024 ** 2, g: 1024 ** 3, gb: 1024 ** 3, gib: 1024 ** 3 };
const SECONDS = { '': 1, s: 1, m: 60, min: 60, h: 3600, d: 86_400 };

/** The bytes that a person means by `10k`; null if it is no size. @param {string} text */
export function parseSize(text) {
  return parse(text, BYTES);
}

/** The seconds that a person means by `5m` or `2 h`; null if it is no time. @param {string} text */
export function parseDuration(text) {
  return parse(text, SECONDS);
}

/** The whole number that a person means by `5000`, `5,000` or `5k`; null if it is none. @param {string} text */
export function parseCount(text) {
  const parts = /^\s*(\d+|\d{1,3}(?:,\d{3})+)\s*(k?)\s*$/i.exec(text);
  return parts ? exact(Number(parts[1].replaceAll(',', '')) * (parts[2] ? 1_000 : 1)) : null;
}

/** @param {string} text @param {Record<string, number>} units */
function parse(text, units) {
  const parts = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text);
  const name = parts && parts[2].toLowerCase();
  return parts && Object.hasOwn(units, name) ? exact(Math.round(Number(parts[1]) * units[name])) : null;
}

/** Null for a number that JSON would not have as it is. @param {number} value */
function exact(value) {
  return Number.isSafeInteger(value) ? value : null;
}
