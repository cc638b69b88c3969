// The past of servers, as charts need it.
import { address } from './api.js';
import { serviceTime } from './service-time.js';

const DAY_SECONDS = 86_400;

/** The times that charts can show. */
export const SPANS = [
  { name: '15m', label: '15 min', seconds: 900 },
  { name: '1h', label: '1 h', seconds: 3_600 },
  { name: '6h', label: '6 h', seconds: 21_600 },
  { name: '24h', label: '24 h', seconds: DAY_SECONDS },
  { name: '7d', label: '7 d', seconds: 604_800 },
];

const POINTS = 120;
/** Rows of a table beside a chart. */
const ROWS = 24;
/** Evictions before this time are old news. */
const RECENT_SECONDS = 900;

/** The one with this name, or an hour. @param {string | null} name */
export function spanNamed(name) {
  return SPANS.find((span) => span.name === name) ?? SPANS[1];
}

/** @param {{seconds: number}} span */
export function historyAddress(span) {
  // Without `since` it is an hour by the clock of the service, in finer steps than an hour ago by this one.
  const since = span.seconds === 3_600 ? null : new Date(serviceTime() - span.seconds * 1_000).toISOString();
  return address('stats/history/', { since, step: Math.round(span.seconds / POINTS) });
}

/** What happened in the last day, with as few samples as there can be. */
export function lossesAddress() {
  return address('stats/history/', { since: new Date(serviceTime() - DAY_SECONDS * 1_000).toISOString(), step: DAY_SECONDS });
}

/**
 * @typedef {object} Loss
 * @property {number} at
 * @property {string} kind restart or flush
 * @property {number} items how many the server had before
 */

/**
 * The greatest loss of each server.
 * @param {any} answer of the API; null if there is none yet
 * @returns {Map<string, Loss>} by address; without those that lost nothing
 */
export function lossesOf(answer) {
  /** @type {Map<string, Loss>} */
  const losses = new Map();
  for (const { address: server, events } of answer?.servers ?? []) {
    for (const { at, kind, items_before: items } of events) {
      // A server that restarts again and again had nothing before the last time.
      if (items > (losses.get(server)?.items ?? 0)) {
        losses.set(server, { at: Date.parse(at), kind, items });
      }
    }
  }
  return losses;
}

/** Milliseconds until a chart has something new. @param {{seconds: number}} span */
export function interval(span) {
  return Math.min(60_000, Math.max(5_000, (span.seconds / POINTS) * 1_000));
}

/**
 * A point of a chart; a value is null where nothing is known.
 * @typedef {object} Point
 * @property {number} at
 * @property {number | null} bytes
 * @property {number | null} items
 * @property {number | null} ratio hits of reads since the point before, 0 to 1
 * @property {number | null} evictions a second, since the point before
 * @property {number | null} connections
 */

/**
 * @typedef {object} Past
 * @property {number} from
 * @property {number} to
 * @property {Point[]} points
 * @property {{at: number, kind: string}[]} events
 * @property {number} reads in all of it
 * @property {number} hits likewise
 * @property {number} evictions likewise
 * @property {number} recentEvictions in the last `recentSeconds`
 * @property {number} recentSeconds
 */

/**
 * What happened to a server in a span.
 * @param {any} answer of the API
 * @param {string} server
 * @param {{seconds: number}} span
 * @returns {Past | null} null if the server is unknown
 */
export function pastOf(answer, server, span) {
  const known = answer.servers.find((one) => one.address === server);
  if (!known) {
    return null;
  }
  const samples = known.samples.map((sample) => ({ ...sample, at: Date.parse(sample.at) }));
  const from = Date.parse(answer.since);
  const to = Math.max(from + span.seconds * 1_000, samples.at(-1)?.at ?? 0);
  const recentSeconds = Math.max(RECENT_SECONDS, 2 * answer.step_seconds);
  const past = { from, to, points: [], events: [], reads: 0, hits: 0, evictions: 0, recentEvictions: 0, recentSeconds };
  past.events = known.events.map((event) => ({ at: Date.parse(event.at), kind: event.kind })).filter((event) => event.at >= from);
  samples.forEach((sample, index) => add(past, samples[index - 1], sample, answer.step_seconds));
  return past;
}

/** @param {any} past @param {any} before undefined for the first @param {any} sample @param {number} step */
function add(past, before, sample, step) {
  const point = { at: sample.at, bytes: sample.bytes, items: sample.items, ratio: null, evictions: null, connections: sample.connections };
  past.points.push(point);
  if (!before) {
    return;
  }
  const seconds = (sample.at - before.at) / 1_000;
  if (seconds > 3 * step + 5) {
    // Nobody knows what was between.
    const nothing = { at: (before.at + sample.at) / 2, bytes: null, items: null, ratio: null, evictions: null, connections: null };
    past.points.splice(-1, 0, nothing);
  }
  const hits = since(before.hits, sample.hits);
  const reads = hits + since(before.misses, sample.misses);
  const evictions = since(before.evictions, sample.evictions);
  point.ratio = reads > 0 ? hits / reads : null;
  point.evictions = evictions / seconds;
  past.hits += hits;
  past.reads += reads;
  past.evictions += evictions;
  if (sample.evictions < before.evictions) {
    // A server that has started again is not full because of what it evicted before.
    past.recentEvictions = 0;
  }
  if (past.to - sample.at < past.recentSeconds * 1_000) {
    past.recentEvictions += evictions;
  }
}

/** A counter begins at 0 again when a server restarts. @param {number} before @param {number} now */
function since(before, now) {
  return now >= before ? now - before : now;
}

/** Some of the points, the newest first: as many as somebody reads. @param {Point[]} points */
export function rowsOf(points) {
  const known = points.filter((point) => point.bytes !== null).reverse();
  const step = Math.ceil(known.length / ROWS);
  return known.filter((_, index) => index % step === 0);
}
