// What became of the keys of a change.
import { millis, number } from '../base/formats.js';
import { html } from '../base/html.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';
import { Refused } from './refused.js';

/** @param {{account: any, onRest?: (() => void) | null}} properties onRest: finishes what is left */
export function Account({ account, onRest = null }) {
  const facts = [
    ['Matched', number(account.matched_count)],
    ['Done', number(account.done_count)],
    ['Gone already', number(account.already_gone_count)],
    ['Refused', number(account.refused_count)],
    ['Left', number(account.left_count)],
    ['Time', millis(account.duration_ms)],
  ];
  const isUnfinished = account.left_count > 0 || account.refused_count > 0;
  return html`<dl class="facts account">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    <${Servers} servers=${account.servers} />
    ${account.refused.length > 0 && html`<${Refused} refused=${account.refused} all=${account.refused_count} />`}
    ${isUnfinished && onRest && html`<p class="acts"><button class="primary" onClick=${onRest}>Finish the rest</button>
      <span class="note">A new preview comes first: it has what matches then, also what was stored since.</span></p>`}`;
}

/** @param {{servers: any[]}} properties */
function Servers({ servers }) {
  const isFailed = servers.some((server) => server.failure);
  if (servers.length < 2 && !isFailed) {
    return null;
  }
  return html`<div class="scrolled" tabindex="0" role="region" aria-label="Account of each server"><table class="plain">
    <thead><tr><th scope="col">Server</th>${['Matched', 'Done', 'Gone', 'Refused', 'Left'].map((name) => html`<th scope="col" class="count">${name}</th>`)}</tr></thead>
    <tbody>${servers.map((server) => html`<tr>
      <td><bdi>${server.address}</bdi>${server.failure && html`<p class="failure"><${Icon} name="warning" /> <${KeyText} text=${server.failure} /></p>`}</td>
      ${[server.matched, server.done, server.already_gone, server.refused, server.left].map((keys) => html`<td class="count">${number(keys)}</td>`)}
    </tr>`)}</tbody>
  </table></div>`;
}
