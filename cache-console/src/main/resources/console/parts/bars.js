// Charts of bars. The horizontal ones are tables themselves; the one of minutes has a table beside it.
import { count, number, size } from '../base/formats.js';
import { html, useState } from '../base/html.js';
import { KeyText } from './key-text.js';

/** Bars that are too small to see are seen. @param {number} part @param {number} most */
function width(part, most) {
  return part === 0 || most === 0 ? '0' : `max(2px, ${((part / most) * 100).toFixed(2)}%)`;
}

/**
 * @param {{
 *   title: string, head: string, groups: import('../base/groups.js').Group[], by: 'keys' | 'bytes',
 *   to: (filter: any) => string, note?: string
 * }} properties head: what the groups are; to: the address of a filter
 */
export function Bars({ title, head, groups, by, to, note }) {
  const most = Math.max(0, ...groups.map((group) => group[by]));
  return html`<section class="chart" aria-label=${title}>
    <h2>${title}</h2>
    ${note && html`<p class="note">${note}</p>`}
    ${groups.length === 0 ? html`<p class="note">There are none.</p>` : html`<table class="bars">
      <thead><tr><th scope="col">${head}</th><td class="bar-cell"></td><th scope="col" class="number">Keys</th><th scope="col" class="number">Size</th></tr></thead>
      <tbody>
        ${groups.map((group) => html`<tr class=${group.keys === 0 ? 'none' : ''}>
          <th scope="row"><${Label} group=${group} to=${to} /></th>
          <td class="bar-cell"><span class="bar-line" style=${{ width: width(group[by], most) }}></span></td>
          <td class="number">${number(group.keys)}</td>
          <td class="number">${size(group.bytes)}</td>
        </tr>`)}
      </tbody>
    </table>`}
  </section>`;
}

/** @param {{group: import('../base/groups.js').Group, to: (filter: any) => string}} properties */
function Label({ group, to }) {
  const text = html`<${KeyText} text=${group.label} />`;
  return group.keys > 0 && group.filter ? html`<a href=${to(group.filter)}>${text}</a>` : text;
}

/**
 * One bar a minute.
 * @param {{title: string, groups: import('../base/groups.js').Group[], by: 'keys' | 'bytes', to: (filter: any) => string}} properties
 */
export function Minutes({ title, groups, by, to }) {
  const [isOpen, setOpen] = useState(false);
  const most = Math.max(0, ...groups.map((group) => group[by]));
  const show = by === 'keys' ? number : size;
  const total = groups.reduce((sum, group) => sum + group.keys, 0);
  const busy = groups.filter((group) => group.keys > 0);
  return html`<section class="chart wide" aria-label=${title}>
    <h2>${title}</h2>
    <p class="note">${total === 0 ? 'No key expires in the next hour.' : `${count(total, 'key')} in the next hour; at most ${show(most)} in a minute.`}</p>
    <div class="minutes" aria-hidden="true">
      ${groups.map((group) => html`<a tabindex="-1" href=${to(group.filter)} title=${`${group.label}: ${show(group[by])}`}>
        <span style=${{ height: width(group[by], most) }}></span></a>`)}
    </div>
    <div class="minutes-axis note" aria-hidden="true"><span>now</span><span>15 min</span><span>30 min</span><span>45 min</span><span>1 h</span></div>
    ${busy.length > 0 && html`<details class="figures" onToggle=${(event) => setOpen(event.currentTarget.open)}>
      <summary>Figures of the chart</summary>
      ${isOpen && html`<div class="scroll" tabindex="0" role="region" aria-label=${`Figures: ${title}`}><table>
        <thead><tr><th scope="col">Expire</th><th scope="col">Keys</th><th scope="col">Size</th></tr></thead>
        <tbody>${busy.map((group) => html`<tr><th scope="row"><${Label} group=${group} to=${to} /></th><td>${number(group.keys)}</td><td>${size(group.bytes)}</td></tr>`)}</tbody>
      </table></div>`}
    </details>`}
  </section>`;
}
