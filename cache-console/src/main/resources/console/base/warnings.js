// What an operator should know, and what to do. What a server is like says the service (check/);
// here is only what comes from several answers.
import { dumpFragment } from './dumps.js';
import { age, count, duration, number } from './formats.js';
import { fragment } from './router.js';

const DAY_SECONDS = 86_400;
const FULL_TODO = 'Give the server more memory (-m), or delete what is large and not used.';

/**
 * @typedef {object} Warning
 * @property {'bad' | 'warn'} level
 * @property {string} title
 * @property {string[]} servers that it is about; empty if it is about all
 * @property {string} text why; may be of others
 * @property {string} todo
 * @property {string} [link] a fragment that helps
 * @property {string} [linkText]
 */

/**
 * @param {{servers: any[], total: number, check: any, dumps: any, autoDump: any, pasts: Map<string, import('./history.js').Past>, losses: Map<string, import('./history.js').Loss>, isManager: boolean, mayDump: boolean}} known
 *     an answer is null where it is not known
 * @returns {Warning[]} the worst first
 */
export function warningsOf({ servers, total, check, dumps, autoDump, pasts, losses, isManager, mayDump }) {
  return [
    ...down(servers),
    ...emptied(servers, losses, dumps, isManager),
    ...evicting(servers, pasts),
    ...risks(servers, check),
    ...ring(check),
    ...dumping(total, dumps, autoDump, mayDump),
  ];
}

/** Those that are down for the same reason, together. @param {any[]} servers @returns {Warning[]} */
function down(servers) {
  /** @type {Map<string, Warning>} */
  const found = new Map();
  const isAnyUp = servers.some((server) => server.up);
  const others = isAnyUp ? '; those on other servers can be used' : '';
  for (const server of servers.filter((one) => !one.up)) {
    const text = server.problem ?? 'it does not answer';
    const warning = found.get(text) ?? {
      level: 'bad',
      title: 'A server is down',
      servers: [],
      text,
      todo: `Start it again. Its keys are missing until then${others}.`,
    };
    warning.servers.push(server.address);
    found.set(text, warning);
  }
  return [...found.values()].map((warning) => (warning.servers.length === 1 ? warning : {
    ...warning,
    title: `${warning.servers.length} servers are down`,
    todo: `Start them again. Their keys are missing until then${others}.`,
  }));
}

/** Those that lost more than they have got back. @param {any[]} servers @param {Map<string, import('./history.js').Loss>} losses @param {any} dumps @param {boolean} isManager whether somebody may restore here @returns {Warning[]} */
function emptied(servers, losses, dumps, isManager) {
  const good = lastGood(dumps);
  return servers.filter((server) => server.up && losses.get(server.address)?.items > 2 * server.current_items).map((server) => {
    const { at, kind, items } = losses.get(server.address);
    return {
      level: 'warn',
      title: 'A server has lost its items',
      servers: [server.address],
      text: `it was ${kind === 'flush' ? 'flushed' : 'restarted'} ${duration(age(at))} ago; it had ${count(items, 'item')} before, and has ${number(server.current_items)} now`,
      todo: good ? `The newest good dump was made ${duration(age(good.created_at))} ago.` : 'There is no good dump to restore them from.',
      link: good ? dumpFragment(good.name, isManager ? { view: 'restore', cold: kind === 'restart' || null } : {}) : undefined,
      linkText: isManager ? 'Restore from it' : 'Look at it',
    };
  });
}

/** The view of what takes the memory of a server. @param {{address: string}} server */
function largestOf(server) {
  return fragment('/analysis', { server: server.address, by: 'bytes' });
}

/** @param {any[]} servers @param {Map<string, import('./history.js').Past>} pasts @returns {Warning[]} */
function evicting(servers, pasts) {
  return servers.filter((server) => server.up && pasts.get(server.address)?.recentEvictions > 0).map((server) => {
    const past = pasts.get(server.address);
    return {
      level: 'warn',
      title: 'Items are evicted',
      servers: [server.address],
      text: `${count(past.recentEvictions, 'item')} in the last ${duration(past.recentSeconds)}: no memory is free for items of their size, so others go before they expire`,
      todo: FULL_TODO,
      link: largestOf(server),
      linkText: 'What is large',
    };
  });
}

/** What is said of each kind of risk; of what is left out, there are other warnings. */
const RISKS = {
  unlisted: { level: 'bad', title: 'Keys cannot be listed', todo: 'Keys that this service did not store itself are missing until this is mended.' },
  feed_withheld: { level: 'warn', title: 'The feed is off', todo: '' },
  nearly_full: { level: 'warn', title: 'Memory is nearly full', todo: FULL_TODO, by: 'bytes' },
  flush_pending: { level: 'warn', title: 'A flush is coming', todo: 'All items of the server go when it takes effect. Make a dump before.' },
};

/** What check/ says of servers that are up; a fleet often has the same risk on every server. @param {any[]} servers @param {any} check @returns {Warning[]} */
function risks(servers, check) {
  const up = new Set(servers.filter((server) => server.up).map((server) => server.address));
  /** @type {Map<string, Warning>} */
  const found = new Map();
  for (const server of check?.servers ?? []) {
    server.risks.forEach((text, index) => {
      const risk = RISKS[server.risk_kinds[index]];
      if (!risk || !up.has(server.address)) {
        return;
      }
      const { by, ...said } = risk;
      // Each server has its own large keys.
      const largest = by && { link: largestOf(server), linkText: 'What is large' };
      const id = by ? `${text} ${server.address}` : text;
      const warning = found.get(id) ?? { ...said, servers: [], text, ...largest };
      warning.servers.push(server.address);
      found.set(id, warning);
    });
  }
  return [...found.values()];
}

/** @param {any} check @returns {Warning[]} */
function ring(check) {
  if (!check?.ring || check.ring.fits === check.ring.current) {
    return [];
  }
  return [{
    level: 'warn',
    title: 'The ring does not fit',
    servers: [],
    text: check.ring.message,
    todo: check.ring.fits
      ? `Set MEMCACHED_RING=${check.ring.fits}, so that other clients find new keys of this service.`
      : 'Other clients may not find new keys of this service, unless MEMCACHED_RING is theirs.',
  }];
}

/** The newest dump that can be restored as a whole. @param {any} dumps */
export function lastGood(dumps) {
  return dumps?.dumps.find((dump) => dump.valid && dump.complete) ?? null;
}

/** @param {number} total @param {any} dumps @param {any} autoDump @param {boolean} mayDump whether somebody may make one here @returns {Warning[]} */
function dumping(total, dumps, autoDump, mayDump) {
  /** @type {Warning[]} */
  const warnings = [];
  if (autoDump?.consecutive_failures > 0) {
    warnings.push({
      level: 'bad',
      title: 'Automatic dumps fail',
      servers: [],
      text: `${count(autoDump.consecutive_failures, 'time')} in a row: ${autoDump.last_dump?.error ?? 'the reason is in the log'}`,
      todo: 'The last good dump is untouched.',
    });
  }
  const good = lastGood(dumps);
  // One that runs has a reason to make none: nothing has changed.
  const isCared = autoDump?.running && autoDump.consecutive_failures === 0;
  if (dumps && total > 0 && !isCared && (good === null || age(good.created_at) > DAY_SECONDS)) {
    warnings.push({
      level: 'warn',
      title: 'No dump for a day',
      servers: [],
      text: good ? `the newest good one is ${duration(age(good.created_at))} old` : 'there is no good one',
      todo: `${mayDump ? 'Make one' : 'Ask an operator for one'}, or let the service make them (CACHE_AUTO_DUMP_INTERVAL).`,
      link: '#/dumps',
      linkText: 'Go to the dumps',
    });
  }
  return warnings;
}
