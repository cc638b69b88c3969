// The groups that an analysis counts, each with the filter that finds its keys.
import { readable } from './criteria.js';
import { size } from './formats.js';

const MINUTE = 60;
const HOUR = 3_600;
const DAY = 86_400;

/** The groups of times: those of the API, from its bound to the next one. */
const TIMES = [
  { name: 'under_1m', label: 'under 1 min', from: 0, below: MINUTE },
  { name: 'under_1h', label: '1 min to 1 h', from: MINUTE, below: HOUR },
  { name: 'under_4h', label: '1 h to 4 h', from: HOUR, below: 4 * HOUR },
  { name: 'under_12h', label: '4 h to 12 h', from: 4 * HOUR, below: 12 * HOUR },
  { name: 'under_1d', label: '12 h to 1 d', from: 12 * HOUR, below: DAY },
  { name: 'under_7d', label: '1 d to 7 d', from: DAY, below: 7 * DAY },
  { name: 'under_30d', label: '7 d to 30 d', from: 7 * DAY, below: 30 * DAY },
  { name: 'over_30d', label: '30 d or more', from: 30 * DAY, below: null },
];

/**
 * @typedef {object} Group
 * @property {string} label
 * @property {number} keys
 * @property {number} bytes
 * @property {Record<string, unknown> | null} filter that finds exactly these keys; null if none does
 * @property {boolean} [isKey] whether the label is of others
 */

/** Times are in whole seconds, and `above` excludes its bound. @param {number} from */
function above(from) {
  return from === 0 ? null : from - 1;
}

/** @param {any} ttl @returns {Group[]} */
export function ttlGroups(ttl) {
  const groups = TIMES.map((time) => ({ label: time.label, ...ttl[time.name], filter: { ttl_above: above(time.from), ttl_below: time.below } }));
  return [...groups, { label: 'never expires', ...ttl.never, filter: { no_ttl: true } }];
}

/** @param {any} idle @returns {Group[]} */
export function idleGroups(idle) {
  const groups = TIMES.map((time) => ({ label: time.label, ...idle[time.name], filter: { idle_above: above(time.from), idle_below: time.below } }));
  return idle.unknown.keys > 0 ? [...groups, { label: 'unknown', ...idle.unknown, filter: null }] : groups;
}

/** @param {any[]} sizes @returns {Group[]} */
export function sizeGroups(sizes) {
  return sizes.map((one) => ({
    label: `${size(one.from_bytes)} to ${size(one.below_bytes)}`,
    keys: one.keys,
    bytes: one.bytes,
    filter: { min_size: one.from_bytes, max_size: one.below_bytes - 1 },
  }));
}

/** @param {any[]} apps @returns {Group[]} */
export function appGroups(apps) {
  return apps.map((app) => ({ label: readable(app.app_name), keys: app.keys, bytes: app.bytes, filter: { app: app.app_name }, isKey: true }));
}

/** @param {any[]} minutes @returns {Group[]} */
export function minuteGroups(minutes) {
  return minutes.map((minute, index) => ({
    label: index === 0 ? 'within 1 min' : `in ${index} to ${index + 1} min`,
    ...minute,
    filter: { ttl_above: above(index * MINUTE), ttl_below: (index + 1) * MINUTE },
  }));
}

const LEAST = ['max_size', 'ttl_below', 'idle_below'];
const MOST = ['min_size', 'ttl_above', 'idle_above'];

/**
 * The filter of a group within what is analysed: of two bounds the narrower one.
 * @param {Record<string, string>} whole
 * @param {Record<string, unknown>} filter
 */
export function narrow(whole, filter) {
  const both = { ...whole };
  for (const [name, value] of Object.entries(filter)) {
    if (value === null) {
      continue;
    }
    if (name in whole && LEAST.includes(name)) {
      both[name] = String(Math.min(Number(whole[name]), Number(value)));
    } else if (name in whole && MOST.includes(name)) {
      both[name] = String(Math.max(Number(whole[name]), Number(value)));
    } else {
      both[name] = String(value);
    }
  }
  return both;
}
