// What became of the keys of servers in a dump.
import { millis, number, size } from '../base/formats.js';
import { dumpFragment } from '../base/dumps.js';
import { html } from '../base/html.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';

const COLUMNS = [
  ['Seen', 'seen'],
  ['Written', 'written'],
  ['Gone', 'gone'],
  ['Expired', 'expired'],
  ['Elsewhere', 'elsewhere'],
  ['Stale', 'stale'],
  ['Too large', 'too_large'],
  ['Failed', 'failed'],
];

/** How many were left out, by reason. @param {{reasons: Record<string, number>}} properties */
export function Skipped({ reasons }) {
  const entries = Object.entries(reasons);
  return entries.length > 0 && html`<h2>Left out</h2>
    <dl class="facts account">${entries.map(([reason, keys]) => html`<div><dt>${REASONS[reason] ?? reason}</dt><dd>${number(keys)}</dd></div>`)}</dl>`;
}

const REASONS = {
  elsewhere: 'On another server',
  exists: 'Exist already',
  expired: 'Expired',
  failed: 'Failed',
  gone: 'Gone meanwhile',
  not_matching: 'Not chosen',
  stale: 'Stale',
  too_large: 'Too large',
  warm_server: 'Server has newer keys',
};

/** A dump was made. @param {{account: any}} properties */
export function Made({ account }) {
  const facts = [
    ['Entries', number(account.entries)],
    ['Seen', number(account.seen)],
    ['Size', size(account.bytes)],
    ['Complete', account.complete ? 'yes' : 'no'],
    ['Time', millis(account.duration_ms)],
  ];
  return html`<p><a href=${dumpFragment(account.name)}><${KeyText} text=${account.name} /></a></p>
    <dl class="facts account">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    <${Skipped} reasons=${account.skipped} />
    <${DumpAccount} servers=${account.servers} />`;
}

/** The account of each server. What no server has is left out. @param {{servers: any[]}} properties */
export function DumpAccount({ servers }) {
  const columns = COLUMNS.filter(([, name], index) => index < 2 || servers.some((server) => server[name] > 0));
  return html`<div class="scrolled" tabindex="0" role="region" aria-label="Account of each server"><table class="plain">
    <thead><tr><th scope="col">Server</th>${columns.map(([title]) => html`<th scope="col" class="count">${title}</th>`)}</tr></thead>
    <tbody>${servers.map((server) => html`<tr>
      <td><${KeyText} text=${server.address} />${server.failure && html`<p class="failure"><${Icon} name="warning" /> <${KeyText} text=${server.failure} /></p>`}</td>
      ${columns.map(([, name]) => html`<td class="count">${number(server[name])}</td>`)}
    </tr>`)}</tbody>
  </table></div>`;
}
