// How well the service knows the keys of each server.
import { count, dayAndTime, millis, number } from '../base/formats.js';
import { html } from '../base/html.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';

/** @param {{tracking: any, ring: any}} properties */
export function Tracking({ tracking, ring }) {
  return html`<section aria-labelledby="tracking">
    <h2 id="tracking">Tracking</h2>
    <p class="note">${tracking.complete ? `The keys of all servers are known as of ${dayAndTime(tracking.as_of)}.` : html`<span class="warning">The keys of some servers are not known.</span>`}</p>
    ${tracking.servers.length === 0 ? html`<p class="note">How each server is tracked is told to callers who see all apps.</p>` : html`<table class="list tracking">
      <thead><tr><th scope="col">Server</th><th scope="col">Mode</th><th scope="col" class="count">Keys</th><th scope="col">Last walk</th><th scope="col">Feed</th></tr></thead>
      <tbody>${tracking.servers.map((server) => html`<${Row} key=${server.address} server=${server} />`)}</tbody>
    </table>`}
    ${ring && html`<p class="note">${ring.fits !== ring.current && html`<${Icon} name="warning" /> `}Ring: <${KeyText} text=${ring.message} /></p>`}
  </section>`;
}

/** @param {{server: any}} properties */
function Row({ server }) {
  const { last_walk: walk, feed } = server;
  return html`<tr data-server=${server.address}>
    <td class="about"><${KeyText} text=${server.address} />${server.problem && html`<p class="failure"><${Icon} name="warning" /> <${KeyText} text=${server.problem} /></p>`}</td>
    <td>${server.mode}</td>
    <td class="count" data-label="keys">${number(server.keys)}</td>
    <td>${walk ? html`${dayAndTime(walk.began_at)} <span class="note">${count(walk.keys, 'key')} in ${millis(walk.duration_ms)}</span>` : 'none yet'}</td>
    <td class="feed">${feed ? html`reports ${feed.tells.join(', ') || 'nothing'} <span class="note">${millis(feed.lag_ms)} behind</span>` : 'none'}
      ${server.feed_skipped > 0 && html` <span class="warning">${count(server.feed_skipped, 'change')} skipped</span>`}
      ${server.feed_withheld && html`<p class="note"><${KeyText} text=${`It withholds some: ${server.feed_withheld}.`} /></p>`}</td>
  </tr>`;
}
