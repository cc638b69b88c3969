// Where a dump is damaged, and why.
import { number } from '../base/formats.js';
import { html } from '../base/html.js';
import { KeyText } from './key-text.js';

const MOST_SHOWN = 20;

/** @param {{damages: {from: number, to: number, reason: string}[]}} properties */
export function Damages({ damages }) {
  return html`<h2>Damages</h2>
    <div class="scrolled" tabindex="0" role="region" aria-label="Damages"><table class="plain damages">
      <thead><tr><th scope="col" class="count">From byte</th><th scope="col" class="count">To byte</th><th scope="col">Reason</th></tr></thead>
      <tbody>${damages.slice(0, MOST_SHOWN).map((damage) => html`<tr>
        <td class="count">${number(damage.from)}</td><td class="count">${number(damage.to)}</td><td><${KeyText} text=${damage.reason} /></td>
      </tr>`)}</tbody>
    </table></div>
    ${damages.length > MOST_SHOWN && html`<p class="note">and ${number(damages.length - MOST_SHOWN)} more</p>`}`;
}
