// The rows of a list of any length: pages are fetched when they are needed, and dropped again, so
// that a million keys need little memory.
import { get } from './api.js';
import { serviceTime } from './service-time.js';

const PAGE = 500;
const PAGES_KEPT = 20;
/** The most keys of one answer. */
const MOST = 10_000;

/**
 * @typedef {object} Row
 * @property {string} key
 * @property {string} [key_base64] if the key is not text
 * @property {number | null} ttl_seconds null: never expires
 * @property {number} size_bytes
 * @property {number | null} last_access_seconds null: unknown
 * @property {string} server
 * @property {number} [copies] if several servers hold it
 */

export class KeyPages {
  /** @type {Map<number, Row[]>} by page, the one that was used last at the end */
  #pages = new Map();

  /** Where pages begin. @type {Map<number, string>} */
  #cursors = new Map([[0, '']]);

  /** @type {number[]} */
  #wanted = [];

  #isRunning = false;
  #isClosed = false;
  #abort = new AbortController();

  /** @param {import('./criteria.js').Criteria} criteria */
  constructor(criteria) {
    this.criteria = criteria;
    /** How many rows there are to scroll through. */
    this.length = 0;
    /** How many keys match; more than rows if the order has no pages. */
    this.matching = 0;
    /** How many keys there are. */
    this.total = 0;
    this.asOf = '';
    /** Why keys may be missing. @type {string[]} */
    this.incomplete = [];
    this.hint = '';
    /** When the first rows came. */
    this.at = 0;
    /** Called when rows have come. */
    this.onRows = () => {};
    /** Called when rows could not be fetched. @param {Error} failure */
    this.onFailure = (failure) => void failure;
  }

  /** Fetches the first rows. @param {boolean} fresh whether the service walks all servers before */
  async open(fresh) {
    const limit = this.criteria.hasPages ? PAGE : MOST;
    const answer = await this.#get({ details: true, limit, fresh: fresh || undefined });
    this.matching = answer.count ?? answer.total_keys;
    this.total = answer.total_keys;
    this.length = this.criteria.hasPages ? this.matching : answer.keys.length;
    this.asOf = answer.as_of;
    this.incomplete = answer.incomplete ?? [];
    this.hint = answer.hint ?? '';
    this.at = serviceTime();
    if (this.criteria.hasPages) {
      this.#keep(0, answer);
    } else {
      for (let from = 0; from < answer.keys.length; from += PAGE) {
        this.#pages.set(from / PAGE, answer.keys.slice(from, from + PAGE));
      }
    }
  }

  /** Stops fetching until rows are needed again. */
  pause() {
    this.#wanted = [];
    this.#isRunning = false;
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  /** Stops fetching for good. */
  close() {
    this.#isClosed = true;
    this.pause();
  }

  /** A row; undefined until it is there. @param {number} index @returns {Row | undefined} */
  row(index) {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Fetches what is missing of these rows; calls onRows() when there are more. @param {number} from @param {number} to */
  need(from, to) {
    this.#wanted = [];
    for (let page = Math.floor(from / PAGE); page * PAGE < Math.min(to, this.length); page += 1) {
      this.#wanted.push(page);
    }
    if (!this.#isRunning && !this.#isClosed && this.#missing() !== undefined) {
      this.#isRunning = true;
      this.#run(this.#abort.signal);
    }
  }

  #missing() {
    return this.#wanted.find((page) => !this.#pages.has(page));
  }

  /** @param {AbortSignal} signal aborted by a pause, after which another run may have begun */
  async #run(signal) {
    try {
      let page;
      while (!signal.aborted && (page = this.#missing()) !== undefined) {
        await this.#fetch(page);
        this.onRows();
      }
    } catch (failure) {
      if (failure.name !== 'AbortError') {
        this.onFailure(failure);
      }
    } finally {
      if (!signal.aborted) {
        this.#isRunning = false;
      }
    }
  }

  /** Fetches a page, or, if nothing says where it begins, goes some way towards it. @param {number} page */
  async #fetch(page) {
    const start = Math.max(...[...this.#cursors.keys()].filter((known) => known <= page));
    const cursor = this.#cursors.get(start);
    if (start === page) {
      this.#keep(page, await this.#get({ details: true, limit: PAGE, cursor }));
      return;
    }
    const ahead = Math.min(page - start, MOST / PAGE);
    const answer = await this.#get({ limit: ahead * PAGE, cursor });
    if (answer.next_cursor === null) {
      this.#end(start * PAGE + answer.keys.length);
    } else {
      this.#cursors.set(start + ahead, answer.next_cursor);
    }
  }

  /** @param {number} page @param {any} answer */
  #keep(page, answer) {
    this.#pages.set(page, answer.keys);
    const end = page * PAGE + answer.keys.length;
    if (answer.next_cursor === null) {
      this.#end(end);
    } else {
      this.#cursors.set(page + 1, answer.next_cursor);
      this.length = Math.max(this.length, end + 1);
    }
    for (const old of this.#pages.keys()) {
      if (this.#pages.size > PAGES_KEPT && !this.#wanted.includes(old)) {
        this.#pages.delete(old);
      }
    }
  }

  /** Keys have come or gone since the first page. @param {number} length */
  #end(length) {
    this.length = length;
    this.#wanted = this.#wanted.filter((page) => page * PAGE < length);
  }

  /** @param {Record<string, unknown>} more */
  #get(more) {
    return get(this.criteria.address(more), this.#abort.signal);
  }
}
