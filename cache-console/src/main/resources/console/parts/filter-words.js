// Which keys a change concerns, in words.
import { readable, searchText } from '../base/criteria.js';
import { html } from '../base/html.js';
import { session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { KeyText } from './key-text.js';

/** What a change without a filter concerns. */
export function EveryKey() {
  const { service } = useStore(session);
  return service?.apps ? html`every key of your apps, <${KeyText} text=${service.apps.join(', ')} />` : 'every key of every server';
}

/** @param {{criteria: import('../base/criteria.js').Criteria}} properties */
export function FilterWords({ criteria }) {
  if (criteria.isAll) {
    return html`<p class="filter-words">This concerns <b><${EveryKey} /></b>.</p>`;
  }
  const search = searchText(new URLSearchParams(criteria.values));
  const { match, pattern } = criteria.values;
  const kind = pattern === undefined ? 'prefix' : match === 'glob' ? 'glob' : 'regular expression';
  return html`<p class="filter-words">Keys with
    ${search !== '' && html` <span class="chip-text">${kind} <b><${KeyText} text=${pattern === undefined ? readable(search) : search} /></b></span>`}
    ${criteria.filters.map((filter) => html` <span class="chip-text">${filter.label}${' '}<b><${KeyText} text=${filter.show(criteria.values[filter.name])} /></b></span>`)}
  </p>`;
}
