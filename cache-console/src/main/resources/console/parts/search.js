// The search box and the chips of the filters.
import { FILTERS, parseSearch, searchKind, searchKindOf, searchText } from '../base/criteria.js';
import { html, useEffect, useRef, useState } from '../base/html.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';

const WAIT_MILLIS = 250;

/** Moves the keyboard to the search box of the screen. */
export function focusSearch() {
  /** @type {HTMLInputElement} */ (document.getElementById('search')).select();
}

/**
 * @param {{parameters: URLSearchParams, isBad: boolean, onSearch: (search: Record<string, string | null>) => void, onLeave: () => void, onTyped?: (isTyped: boolean) => void}} properties
 *     onSearch: called with parameters of the address when somebody has stopped typing; onLeave: when the keyboard goes to the list; onTyped: with whether the box says something else than the address
 */
export function Search({ parameters, isBad, onSearch, onLeave, onTyped }) {
  const text = searchText(parameters);
  const [typed, setTyped] = useState(text);
  const timer = useRef(0);
  /** What else is chosen may change while somebody types. */
  const latest = useRef(onSearch);
  latest.current = onSearch;
  useEffect(() => setTyped(text), [text]);
  const isTyped = typed !== text && searchText(new URLSearchParams(/** @type {Record<string, string>} */ (parseSearch(typed)))) !== text;
  useEffect(() => onTyped?.(isTyped), [isTyped]);
  useEffect(() => () => clearTimeout(timer.current), []);
  /** @param {string} value @param {number} wait */
  const change = (value, wait) => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      // Unedited it means what the address says, however it reads.
      if (value !== text) {
        latest.current({ prefix: null, pattern: null, match: null, ...parseSearch(value) });
      }
    }, wait);
  };
  /** @param {KeyboardEvent & {target: HTMLInputElement}} event */
  const press = (event) => {
    if (event.key === 'Enter' || event.key === 'ArrowDown') {
      event.preventDefault();
      change(event.target.value, 0);
      onLeave();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (typed === '') {
        onLeave();
      } else {
        change('', 0);
      }
    }
  };
  return html`<div class=${isBad ? 'search bad' : 'search'} role="search">
    <${Icon} name="search" />
    <input
      id="search" type="text" inputmode="search" autocomplete="off" autocapitalize="off" spellcheck=${false}
      aria-label="Search keys: a prefix, /regex/ or glob*" aria-invalid=${isBad}
      placeholder="prefix, /regex/ or glob*" value=${typed}
      onInput=${(event) => change(event.target.value, WAIT_MILLIS)} onKeyDown=${press}
    />
    ${typed !== '' && html`<span class="kind">${typed === text ? searchKindOf(parameters) : searchKind(typed)}</span>`}
    ${typed !== '' &&
    html`<button class="quiet" aria-label="Clear the search" onClick=${() => change('', 0)}><${Icon} name="close" /></button>`}
  </div>`;
}

/**
 * @param {{
 *   criteria: import('../base/criteria.js').Criteria, servers: string[],
 *   onFilter: (name: string, value: string | null) => void, filters?: import('../base/criteria.js').Filter[]
 * }} properties onFilter: null removes it; filters: those that can be added
 */
export function Filters({ criteria, servers, onFilter, filters = FILTERS }) {
  const [isAdding, setAdding] = useState(false);
  return html`<div class="filters">
    ${criteria.filters.map(
      (filter) => html`<span class="chip">
        <span>${filter.label}${' '}<b><${KeyText} text=${filter.show(criteria.values[filter.name])} /></b></span>
        <button class="quiet" aria-label=${`Remove the filter ${filter.label}`} onClick=${() => onFilter(filter.name, null)}>
          <${Icon} name="close" />
        </button>
      </span>`,
    )}
    ${isAdding
      ? html`<${NewFilter} filters=${filters} servers=${servers} onClose=${() => setAdding(false)}
          onAdd=${(name, value) => { setAdding(false); onFilter(name, value); }} />`
      : html`<button class="add" onClick=${() => setAdding(true)}><${Icon} name="add" />Filter</button>`}
  </div>`;
}

/** @param {{filters: import('../base/criteria.js').Filter[], servers: string[], onAdd: (name: string, value: string) => void, onClose: () => void}} properties */
function NewFilter({ filters, servers, onAdd, onClose }) {
  const [name, setName] = useState(filters[0].name);
  const [text, setText] = useState('');
  const [isBad, setBad] = useState(false);
  const first = useRef(null);
  useEffect(() => first.current.focus(), []);
  const filter = filters.find((known) => known.name === name);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const value = filter.parse(text);
    setBad(value === null);
    if (value !== null) {
      onAdd(name, String(value));
    }
  };
  return html`<form class="new-filter" onSubmit=${submit} onKeyDown=${(event) => event.key === 'Escape' && onClose()}>
    <select ref=${first} aria-label="Filter by" value=${name} onChange=${(event) => { setName(event.target.value); setBad(false); }}>
      ${filters.map((known) => html`<option value=${known.name}>${known.label}</option>`)}
    </select>
    ${!filter.isFlag &&
    html`<input
      aria-label=${`Value of ${filter.label}`} placeholder=${filter.example} value=${text} list=${name === 'server' ? 'servers' : undefined}
      onInput=${(event) => setText(event.target.value)} aria-invalid=${isBad} size="12" />`}
    <datalist id="servers">${servers.map((server) => html`<option value=${server} />`)}</datalist>
    <button class="primary">Add</button>
    <button type="button" onClick=${onClose}>Cancel</button>
    ${isBad && html`<span class="failure" role="alert">Write it like ${filter.example}</span>`}
  </form>`;
}
