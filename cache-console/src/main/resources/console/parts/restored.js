// What a restore has done, or would do.
import { duration, millis, number } from '../base/formats.js';
import { html } from '../base/html.js';
import { Damages } from './damages.js';
import { Skipped } from './dump-account.js';
import { Refused } from './refused.js';

/** @param {{account: any}} properties */
export function Restored({ account }) {
  const facts = [
    [account.dry_run ? 'Would be restored' : 'Restored', number(account.restored)],
    ['Refused or failed', number(account.failed)],
    ...(account.left_count === 0 ? [] : [['Left', account.left_count === null ? 'unknown' : number(account.left_count)]]),
    ['To other servers', number(account.moved)],
    ['Lifetime', lifetimeWords(account.ttl)],
    ['Time', millis(account.duration_ms)],
  ];
  return html`<dl class="facts account">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${account.ring && html`<p class="note">Entries that move go where the ring ${account.ring} puts them.</p>`}
    <${Skipped} reasons=${account.skipped} />
    ${account.refused.length > 0 && html`<${Refused} refused=${account.refused} all=${account.failed} />`}
    ${account.damages?.length > 0 && html`<${Damages} damages=${account.damages} />`}`;
}

/** What to do after a restore has stopped. @param {{error: any}} properties error: its problem */
export function Stopped({ error }) {
  return error.type === 'urn:cache-app:problem:too-many-keys'
    && html`<p class="note" data-state="beyond">More entries are missing than the dry run counted. What is restored stays. Make another dry run for the rest.</p>`;
}

/** @param {string | number | null} ttl */
function lifetimeWords(ttl) {
  switch (ttl) {
    case 'keep':
      return 'as it was';
    case 'shift':
      return 'what was left';
    case null:
      return 'never expires';
    default:
      return duration(Number(ttl));
  }
}
