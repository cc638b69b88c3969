// Dumps: where they are, which of their keys are meant, and how they are restored.
import { Problem, address } from './api.js';
import { Criteria, FILTERS, SEARCHES } from './criteria.js';
import { fragment } from './router.js';

/** What an entry of a dump does not have: where it goes is another choice, and whether it was fetched is not dumped. */
const LIVE_ONLY = ['server', 'never_fetched'];

/** The filters of keys in a dump. */
export const DUMP_FILTERS = FILTERS.filter((filter) => !LIVE_ONLY.includes(filter.name));

/**
 * The address of a dump.
 * @param {string} name
 * @param {'' | 'keys/' | 'diff/' | 'file'} [part]
 * @throws {Problem} if no dump can have this name
 */
export function dumpAddress(name, part = '', parameters = {}) {
  if (name === '.' || name === '..' || name === '') {
    throw new Problem({ status: 404, title: 'No such dump', detail: `No dump has the name "${name}".` }, 0);
  }
  return address(`dumps/${encodeURIComponent(name.toWellFormed())}/${part}`, parameters);
}

/** The view of a dump. @param {string} name @param {Record<string, unknown>} [parameters] */
export function dumpFragment(name, parameters = {}) {
  return fragment('/dumps', { name, ...parameters });
}

/** Which keys of a dump are meant. @param {URLSearchParams} parameters of which unknownOfDump() finds nothing */
export function dumpCriteria(parameters) {
  return new Criteria(parameters, DUMP_FILTERS);
}

const ENTRIES = [...SEARCHES, ...DUMP_FILTERS.map((filter) => filter.name)];

/** How a dump is restored, and what each of these may be. @type {Record<string, RegExp>} */
const CHOICES = {
  mode: /^(add|replace)$/,
  ttl: /^(keep|shift|never|\d+)$/,
  placement: /^(origin|ring)$/,
  cold: /^(true|false)$/,
  salvage: /^(true|false)$/,
};

/** What the address of each view of a dump may have. @type {Record<string, string[]>} */
const TAKEN = {
  about: [],
  keys: [...ENTRIES, 'cursor'],
  diff: ['job'],
  restore: [...ENTRIES, ...Object.keys(CHOICES), 'job'],
};

/**
 * What the address of a dump says that its view does not know, as it stands there; empty if the view can be shown.
 * @param {URLSearchParams} parameters
 */
export function unknownOfDump(parameters) {
  const view = parameters.get('view') ?? 'about';
  if (!Object.hasOwn(TAKEN, view)) {
    return [`view=${view}`];
  }
  const taken = ['name', 'view', ...TAKEN[view]];
  return [...parameters]
    .filter(([name, value]) => value === '' || !taken.includes(name) || CHOICES[name]?.test(value) === false)
    .map(([name, value]) => (value !== '' && taken.includes(name) ? `${name}=${value}` : name));
}

/**
 * @typedef {object} RestoreChoice how a dump is restored, as the address has it
 * @property {'add' | 'replace'} mode
 * @property {string} ttl `keep`, `shift`, `never`, or seconds
 * @property {'origin' | 'ring'} placement
 * @property {boolean} cold whether only onto servers that lost their items
 * @property {boolean} salvage
 */

/** @param {URLSearchParams} parameters @returns {RestoreChoice} */
export function restoreChoice(parameters) {
  return {
    mode: parameters.get('mode') === 'replace' ? 'replace' : 'add',
    ttl: parameters.get('ttl') ?? 'keep',
    placement: parameters.get('placement') === 'ring' ? 'ring' : 'origin',
    cold: parameters.get('cold') === 'true',
    salvage: parameters.get('salvage') === 'true',
  };
}

/**
 * The body of a request to restore.
 * @param {string} name @param {Criteria} criteria @param {RestoreChoice} choice
 * @param {{restored: number, created_at: string} | null} tried what a dry run said: this dump is restored, and no more entries; null for a dry run
 * @param {string} [shown] the time of the dump that a dry run is of, if it is known
 */
export function restoreBody(name, criteria, { mode, ttl, placement, cold, salvage }, tried, shown) {
  const { pattern, ...body } = criteria.body;
  return {
    name,
    ...body,
    ...('pattern' in criteria.values && { pattern }),
    mode,
    ttl: ttl === 'never' ? null : /^\d+$/.test(ttl) ? Number(ttl) : ttl,
    placement,
    ...(cold && { cold_only: cold }),
    ...(salvage && { salvage }),
    ...(tried === null ? { dry_run: true, ...(shown && { created_at: shown }) } : { created_at: tried.created_at, max_keys: tried.restored }),
  };
}
