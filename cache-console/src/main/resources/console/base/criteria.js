// Which keys a list shows, and in which order: as the address has it, and as the API takes it.
import { address } from './api.js';
import { duration, parseDuration, parseSize, size } from './formats.js';

/**
 * @typedef {object} Filter
 * @property {string} name that of the API
 * @property {string} label
 * @property {(text: string) => string | number | null} parse what the API gets; null if the text is none
 * @property {(value: any) => string} show
 * @property {string} example
 * @property {boolean} [isFlag] whether it has no value
 */

/** What a person may filter by, beside the search. @type {Filter[]} */
export const FILTERS = [
  { name: 'app', label: 'app', parse: withoutBlanks, show: readable, example: 'users' },
  { name: 'server', label: 'server', parse: withoutBlanks, show: asIs, example: '10.0.0.1:11211' },
  { name: 'min_size', label: 'size ≥', parse: parseSize, show: ofNumber(size), example: '10k' },
  { name: 'max_size', label: 'size ≤', parse: parseSize, show: ofNumber(size), example: '1M' },
  { name: 'ttl_below', label: 'TTL <', parse: parseDuration, show: ofNumber(duration), example: '5m' },
  { name: 'ttl_above', label: 'TTL >', parse: parseDuration, show: ofNumber(duration), example: '1h' },
  { name: 'no_ttl', label: 'never expires', parse: () => 'true', show: () => '', example: '', isFlag: true },
  { name: 'idle_above', label: 'idle >', parse: parseDuration, show: ofNumber(duration), example: '1d' },
  { name: 'idle_below', label: 'idle <', parse: parseDuration, show: ofNumber(duration), example: '1h' },
  { name: 'never_fetched', label: 'never fetched', parse: () => 'true', show: () => '', example: '', isFlag: true },
  { name: 'prefix_base64', label: 'prefix (base64)', parse: withoutBlanks, show: asIs, example: 'AP8=' },
];

/** Beside a pattern. Without one it is a search. @type {Filter} */
const PREFIX = { name: 'prefix', label: 'prefix', parse: withoutBlanks, show: readable, example: 'user:' };

/** The orders of the API: what comes first unless somebody reverses it. */
export const NATURAL = { key: 'asc', size: 'desc', ttl: 'asc', idle: 'desc', server: 'asc' };

/** Found in every key. */
const EVERY_KEY = '^';

/** Those that are texts in the body of a request; all others but the flags are numbers. */
const TEXTS = ['prefix', 'prefix_base64', 'pattern', 'match', 'app', 'server'];

const FLAGS = FILTERS.filter((filter) => filter.isFlag).map((filter) => filter.name);

/** The parameters that a search sets. */
export const SEARCHES = ['prefix', 'pattern', 'match'];

/** Blanks around it come along when a text is pasted; other characters that cannot be seen are part of a name. @param {string} text */
function withoutBlanks(text) {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '') || null;
}

/** A part of keys as the service shows keys: two of them never look alike. @param {string} text */
export function readable(text) {
  return text.replace(/\\(?=x(?:\{|[0-9a-fA-F]{2}))/g, '\\x5c');
}

/** @param {string} text */
function asIs(text) {
  return text;
}

/** What an address has in the place of a number is shown as it is. @param {(value: number) => string} show @returns {(text: string) => string} */
function ofNumber(show) {
  return (text) => (/^\d+$/.test(text) ? show(Number(text)) : text);
}

/** What cannot be a number is left as it is: the service says what is wrong with it. @param {string} name @param {string} value */
function bodyValue(name, value) {
  if (FLAGS.includes(name)) {
    return value === 'true' || value;
  }
  return TEXTS.includes(name) || !/^\d+$/.test(value) ? value : Number(value);
}

/**
 * What a person means by a text: `/…/` is a regular expression, `"…"` a prefix whatever it has in
 * it, a text with `*` a glob, any other a prefix.
 * @param {string} text
 * @returns {{prefix?: string, pattern?: string, match?: string}}
 */
export function parseSearch(text) {
  if (text.length > 2 && text.startsWith('/') && text.endsWith('/')) {
    return { pattern: text.slice(1, -1), match: 'regex' };
  }
  if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) {
    return { prefix: text.slice(1, -1) };
  }
  if (text.includes('*')) {
    return { pattern: text, match: 'glob' };
  }
  return text === '' ? {} : { prefix: text };
}

/** The text that parseSearch() reads; a glob that it would take for something else stands as it is. @param {URLSearchParams} parameters */
export function searchText(parameters) {
  const pattern = parameters.get('pattern');
  if (pattern === null) {
    const prefix = parameters.get('prefix') ?? '';
    return prefix === '' || parseSearch(prefix).prefix === prefix ? prefix : `"${prefix}"`;
  }
  return parameters.get('match') === 'glob' ? pattern : `/${pattern}/`;
}

/** `prefix`, `glob` or `regex`. @param {string} text that parseSearch() reads */
export function searchKind(text) {
  return parseSearch(text).match ?? 'prefix';
}

/** The same of what the address has. @param {URLSearchParams} parameters */
export function searchKindOf(parameters) {
  return !parameters.has('pattern') ? 'prefix' : parameters.get('match') === 'glob' ? 'glob' : 'regex';
}

/**
 * The parameters of the address that stand for the body of a change; the reverse of `Criteria.body`.
 * @param {Record<string, unknown>} body
 */
export function parametersOf(body) {
  const known = [...SEARCHES, ...FILTERS.map((filter) => filter.name)];
  const given = Object.fromEntries(Object.entries(body).filter(([name]) => known.includes(name)));
  // As a glob it is one key.
  const isAll = given.pattern === EVERY_KEY && given.match !== 'glob'
    && Object.keys(given).every((name) => name === 'pattern' || name === 'match');
  return isAll ? {} : given;
}

/** What the address says of a list; other parameters are left out. */
export class Criteria {
  /** @param {URLSearchParams} parameters @param {Filter[]} [filters] those that are known */
  constructor(parameters, filters = FILTERS) {
    const known = [...SEARCHES, ...filters.map((filter) => filter.name), 'sort', 'order'];
    this.known = known;
    /** @type {Record<string, string>} */
    this.values = {};
    for (const name of known) {
      const value = parameters.get(name);
      // A filter without a value that is off is none, as for the service.
      if (value !== null && value !== '' && !(value === 'false' && FLAGS.includes(name))) {
        this.values[name] = value;
      }
    }
    /** Two lists with the same id show the same. */
    this.id = JSON.stringify(Object.entries(this.values));
    /** Two lists with the same one have the same keys, perhaps in another order. */
    this.filterId = JSON.stringify(Object.entries(this.filter));
  }

  /** The values without an order. */
  get filter() {
    const { sort, order, ...filter } = this.values;
    return filter;
  }

  /** The same keys in the order by key. */
  get byKey() {
    return new Criteria(new URLSearchParams(this.filter));
  }

  /** As the body of a change has it, which needs a pattern to concern every key. */
  get body() {
    const body = Object.entries(this.filter).map(([name, value]) => [name, bodyValue(name, value)]);
    return this.isAll ? { pattern: EVERY_KEY } : Object.fromEntries(body);
  }

  /** Whether it takes a parameter of this name. @param {string} name */
  knows(name) {
    return this.known.includes(name);
  }

  get sort() {
    return this.values.sort ?? 'key';
  }

  get order() {
    return this.values.order ?? NATURAL[this.sort] ?? 'asc';
  }

  /** Whether the API has pages in this order; else it has the first keys only. */
  get hasPages() {
    return this.sort === 'key' && this.order === 'asc';
  }

  /** Whether every key is meant. */
  get isAll() {
    return Object.keys(this.filter).length === 0;
  }

  /** Those of these that are set, as chips show them. */
  get filters() {
    // The search box has the pattern then.
    const beside = 'pattern' in this.values ? [PREFIX, ...FILTERS] : FILTERS;
    return beside.filter((filter) => filter.name in this.values);
  }

  /** @param {Record<string, unknown>} more limit, cursor, details, fresh */
  address(more) {
    return address('pattern' in this.values ? 'pattern/' : 'keys/', { ...this.values, ...more });
  }
}
