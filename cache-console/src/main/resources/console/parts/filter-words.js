// Which keys a change concerns, in words.
import { readable, searchText } from '../base/criteria.js';
import { html } from '../base/html.js';
import { KeyText } from './key-text.js';

/** @param {{criteria: import('../base/criteria.js').Criteria}} properties */
export function FilterWords({ criteria }) {
  if (criteria.isAll) {
    return html`<p class="filter-words"><b>Every key of every server</b></p>`;
  }
  const search = searchText(new URLSearchParams(criteria.values));
  const { match, pattern } = criteria.values;
  const kind = pattern === undefined ? 'prefix' : match === 'glob' ? 'glob' : 'regular expression';
  return html`<p class="filter-words">Keys with
    ${search !== '' && html` <span class="chip-text">${kind} <b><${KeyText} text=${pattern === undefined ? readable(search) : search} /></b></span>`}
    ${criteria.filters.map((filter) => html` <span class="chip-text">${filter.label}${' '}<b><${KeyText} text=${filter.show(criteria.values[filter.name])} /></b></span>`)}
  </p>`;
}
