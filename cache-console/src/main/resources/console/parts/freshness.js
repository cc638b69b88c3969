// As of when an answer is, and what asks for a newer one.
import { age, clock, duration } from '../base/formats.js';
import { html } from '../base/html.js';
import { Icon } from './icons.js';

/** Seconds after which an answer counts as stale. */
const STALE = 120;

/** @param {{asOf: string, isLoading: boolean, onWalk: () => void, onReload: () => void}} properties */
export function Freshness({ asOf, isLoading, onWalk, onReload }) {
  const seconds = age(asOf);
  const isStale = seconds > STALE;
  return html`<span class=${isStale ? 'stale' : 'note'}>as of ${clock(asOf)}${isStale ? `, ${duration(seconds)} ago` : ''}</span>
    <button onClick=${onWalk} disabled=${isLoading} class=${isStale ? 'primary' : ''} title="Look at every key of every server now">Walk now</button>
    <button class="quiet" onClick=${onReload} disabled=${isLoading} aria-label="Ask again" title="Ask again (r)"><${Icon} name="refresh" /></button>`;
}
