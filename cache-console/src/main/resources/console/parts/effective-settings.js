// The settings of the service: what holds, where it came from, and what it means.
import { address, get } from '../base/api.js';
import { useAnswer } from '../base/answer.js';
import { count } from '../base/formats.js';
import { html, useMemo } from '../base/html.js';
import { useKeys } from '../base/keyboard.js';
import { fragment, go } from '../base/router.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';
import { Notice } from './notice.js';

/** @param {{find: string, caller?: string}} properties find: what is searched for */
export function EffectiveSettings({ find, caller }) {
  const { data, at, failure, reload } = useAnswer((signal) => get(address('settings/'), signal), [caller]);
  useKeys(useMemo(() => ({ '/': () => /** @type {HTMLInputElement} */ (document.getElementById('find')).select(), r: () => reload() }), [reload]));
  const all = data?.settings ?? [];
  const found = all.filter((setting) => matches(setting, find));
  // What somebody has set stands first; the order is otherwise that of the documents.
  const sorted = [...found].sort((one, other) => rank(one) - rank(other));
  return html`<section aria-labelledby="effective">
    <h2 id="effective">What is set</h2>
    ${failure && html`<${Notice} failure=${failure} dataAt=${at} onRetry=${() => reload()} />`}
    ${data && all.length === 0 && html`<p class="note" data-state="empty">Your token is limited to some apps, so the service names no settings.</p>`}
    ${all.length > 0 && html`<div class="tools">
        <div class="search" role="search"><${Icon} name="search" /><input id="find" type="text" inputmode="search" autocomplete="off" spellcheck=${false}
          aria-label="Search settings by name, value or meaning" placeholder="name, value or meaning" value=${find}
          onInput=${(event) => go(fragment('/settings', { find: event.target.value }), { replace: true })}
          onKeyDown=${(event) => event.key === 'Escape' && go('#/settings', { replace: true })} /></div>
        <p class="note" role="status">${count(sorted.length, 'setting')}, ${sorted.filter((setting) => rank(setting) === 0).length} set by somebody</p>
      </div>
      ${sorted.length === 0
        ? html`<div class="empty" data-state="no-match"><p><b>No setting matches.</b></p></div>`
        : html`<table class="list effective">
          <thead><tr><th scope="col">Setting</th><th scope="col">Value</th><th scope="col">From</th><th scope="col">Meaning</th></tr></thead>
          <tbody>${sorted.map((setting) => html`<tr key=${setting.name} data-origin=${setting.origin}>
            <td class="setting">${setting.name}</td>
            <td class="setting-value">${setting.value === '' ? html`<span class="note">none</span>` : html`<${KeyText} text=${setting.value} />`}</td>
            <td>${setting.origin === 'default' ? html`<span class="note">default</span>` : html`<b>${setting.origin}</b>`}</td>
            <td class="note meaning">${setting.meaning}</td>
          </tr>`)}</tbody>
        </table>`}`}
  </section>`;
}

/** @param {any} setting */
function rank(setting) {
  return setting.origin === 'default' ? 1 : 0;
}

/** @param {any} setting @param {string} find */
function matches(setting, find) {
  const words = find.toLowerCase().split(/\s+/);
  const text = `${setting.name} ${setting.value} ${setting.meaning}`.toLowerCase();
  return words.every((word) => text.includes(word));
}
