// What a feed has said, the newest first, within a limit.
import { number } from './formats.js';
import { onOtherCaller } from './session.js';

const MOST = 5_000;
/** Over which the rate is counted. */
const WINDOW_MILLIS = 10_000;

const REASONS = {
  buffer_full: 'more happened than this page could read',
  overload: 'the service could not look at all of them in time',
  feed: 'a server left them out of its feed',
  away: 'this screen was left meanwhile',
  broken: 'the connection was broken meanwhile',
  elsewhere: 'another tab followed other changes meanwhile',
};

/**
 * @typedef {object} Change
 * @property {number} id its number since the beginning
 * @property {'stored' | 'deleted' | 'evicted'} kind
 * @property {string} key
 * @property {string} [key_base64]
 * @property {string} server
 * @property {string} at
 * @property {number} [size_bytes]
 */

export class ChangeLog {
  /** Newest last. @type {Change[]} */
  #changes = [];

  /** How many came when. @type {{at: number, count: number}[]} */
  #arrivals = [];

  /** How many were left out, by reason; null if nobody knows. @type {Map<string, number | null>} */
  #skipped = new Map();

  constructor() {
    /** How many changes there were. */
    this.count = 0;
    /** @type {any[]} as the last `servers` event has them; empty before */
    this.servers = [];
    this.hint = '';
    /** The problem that ended the stream. @type {any} */
    this.problem = null;
  }

  /** @param {{name: string, data: any}[]} events @param {number} now */
  add(events, now) {
    const before = this.count;
    for (const { name, data } of events) {
      if (name === 'change') {
        this.count += 1;
        this.#changes.push({ ...data, id: this.count });
      } else if (name === 'servers') {
        this.servers = data.servers;
        this.hint = data.hint ?? '';
      } else if (name === 'skipped') {
        const old = this.#skipped.has(data.reason) ? this.#skipped.get(data.reason) : 0;
        this.#skipped.set(data.reason, data.count === null || old === null ? null : old + data.count);
      } else if (name === 'error') {
        this.problem = data;
      }
    }
    if (this.#changes.length > MOST) {
      this.#changes.splice(0, this.#changes.length - MOST);
    }
    this.#arrivals.push({ at: now, count: this.count - before });
  }

  /** Nothing was heard for a while. @param {'away' | 'broken' | 'elsewhere'} reason */
  miss(reason) {
    if (this.count > 0) {
      this.#skipped.set(reason, null);
    }
  }

  /** Newest first. @returns {Change[]} */
  rows() {
    return this.#changes.toReversed();
  }

  /** Changes a second, over the last ten. @param {number} now */
  rate(now) {
    this.#arrivals = this.#arrivals.filter((arrival) => now - arrival.at < WINDOW_MILLIS);
    return this.#arrivals.reduce((sum, arrival) => sum + arrival.count, 0) / (WINDOW_MILLIS / 1000);
  }

  /** What is missing and why, a sentence each. @returns {string[]} */
  skipped() {
    return [...this.#skipped].map(
      ([reason, count]) => `${count === 1 ? '1 change is' : `${count === null ? 'Some' : number(count)} changes are`} missing: ${REASONS[reason] ?? reason}.`,
    );
  }

  /** Forgets the changes; what is known of the servers stays. */
  clear() {
    this.#changes = [];
    this.#skipped.clear();
  }
}

/**
 * A log, and what it had when somebody paused.
 * @typedef {{id: string, log: ChangeLog, paused: {rows: Change[], count: number} | null}} Kept
 */

/** Of the feed that was followed last: whoever looks at a key and comes back finds it again. @type {Kept | null} */
let kept = null;

onOtherCaller(() => {
  kept = null;
});

/** The log of a feed, from its last time if that was the last one. @param {string} id what the feed follows @returns {Kept} */
export function logOf(id) {
  if (kept?.id === id) {
    kept.log.miss('away');
  } else {
    kept = { id, log: new ChangeLog(), paused: null };
  }
  return kept;
}
