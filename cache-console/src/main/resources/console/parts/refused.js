// Keys that servers refused, and why.
import { ndjson, save } from '../base/files.js';
import { count, number } from '../base/formats.js';
import { html } from '../base/html.js';
import { KeyText } from './key-text.js';

const MOST_SHOWN = 10;

/** @param {{refused: any[], all: number}} properties all: how many there are; the service names the first ones */
export function Refused({ refused, all }) {
  const download = () => save(new Blob([ndjson(refused)], { type: 'application/x-ndjson' }), 'refused.ndjson');
  return html`<section>
    <h2>Refused</h2>
    <ul class="sample">${refused.slice(0, MOST_SHOWN).map((each) => html`<li><${KeyText} text=${each.key} /> <span class="note"><${KeyText} text=${each.reason} /></span></li>`)}</ul>
    <p class="acts"><button onClick=${download}>Download refusals</button>
      ${all > refused.length && html`<span class="note">The service names the first ${number(refused.length)} of ${count(all, 'key')}.</span>`}</p>
  </section>`;
}
