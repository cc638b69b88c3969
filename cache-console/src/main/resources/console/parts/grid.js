// A table of any length of which only what is seen is in the page. It is one stop for Tab; the
// arrows move within it.
import { html, useEffect } from '../base/html.js';
import { useScrolledRows } from './scrolled-rows.js';

/** Moves the keyboard to the list of the screen, if there is one. */
export function focusGrid() {
  /** @type {HTMLElement | null} */ (document.querySelector('.grid'))?.focus();
}

/**
 * @typedef {object} Column
 * @property {string} name
 * @property {string} title
 * @property {string} [sort] by which the list can be sorted
 * @property {(row: any) => any} cell
 */

/**
 * @typedef {object} Choice what rows can be chosen by
 * @property {(row: any) => boolean} isChosen
 * @property {(row: any) => void} onChoose chooses a row, or no longer
 * @property {() => void} onChooseAll chooses all, or none if all are
 * @property {'all' | 'some' | 'none'} state
 * @property {boolean} isOff whether none can be chosen now: the rows are of a list that is about to go
 */

/**
 * @param {{
 *   label: string, columns: Column[], length: number, row: (index: number) => any,
 *   need: (from: number, to: number) => void, sort: string, order: string,
 *   onSort: (name: string) => void, onOpen: (row: any) => void,
 *   active: number, onActive: (index: number) => void, version: number, choice?: Choice
 * }} properties version: another one when rows have come; choice: left out if no row can be chosen
 */
export function Grid(properties) {
  const { label, columns, length, row, need, sort, order, onSort, onOpen, active, onActive, choice } = properties;
  const { box, measure, first, last, firstSeen, height, topOf, targetOf } = useScrolledRows(length, active);

  useEffect(() => need(first, last), [first, last, need, length]);

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const target = targetOf(event.key);
    if (event.target === box.current && event.key === 'Enter' && row(active)) {
      event.preventDefault();
      onOpen(row(active));
    } else if (event.target === box.current && choice && event.key === ' ') {
      event.preventDefault();
      if (row(active)) {
        choice.onChoose(row(active));
      }
    } else if (choice && event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      choice.onChooseAll();
    } else if (target >= 0) {
      event.preventDefault();
      onActive(target);
    }
  };

  const rows = [];
  for (let index = first; index < last; index += 1) {
    rows.push(
      html`<${Row} key=${index} index=${index} top=${topOf(index)} columns=${columns} row=${row(index)}
        isActive=${index === active} onActive=${onActive} choice=${choice} />`,
    );
  }
  return html`<div
    class=${choice ? 'grid choosing' : 'grid'} role="grid" aria-multiselectable=${choice ? true : undefined} tabindex="0" ref=${box} aria-label=${label} aria-rowcount=${length + 1}
    aria-colcount=${columns.length + (choice ? 1 : 0)} onScroll=${measure} onKeyDown=${press}
    aria-activedescendant=${active >= first && active < last ? `row-${active}` : undefined}
    onFocus=${(event) => event.target === box.current && active < 0 && length > 0 && onActive(Math.min(length - 1, firstSeen))}
  >
    <div role="rowgroup" class="grid-head">
      <div role="row" aria-rowindex="1" class="grid-row">
        ${choice && html`<${ChooseAll} choice=${choice} />`}
        ${columns.map((column) => html`<${Head} column=${column} sort=${sort} order=${order} onSort=${onSort} />`)}
      </div>
    </div>
    <div role="rowgroup" class="grid-body" style=${{ height: `${height}px` }}>${rows}</div>
  </div>`;
}

const DIRECTIONS = { asc: 'ascending', desc: 'descending' };

/** @param {{column: Column, sort: string, order: string, onSort: (name: string) => void}} properties */
export function Head({ column, sort, order, onSort }) {
  const isSorted = column.sort !== undefined && column.sort === sort;
  return html`<div role="columnheader" class=${`cell ${column.name}`} aria-sort=${isSorted ? DIRECTIONS[order] : undefined}>
    ${column.sort
      ? html`<button class="sort" onClick=${() => onSort(column.sort)}>
          <span class="sort-title">${column.title}<span aria-hidden="true" class="arrow">${isSorted ? (order === 'asc' ? '▲' : '▼') : ''}</span></span>
        </button>`
      : column.title}
  </div>`;
}

/** @param {{choice: Choice}} properties */
function ChooseAll({ choice }) {
  return html`<div role="columnheader" class="cell choice">
    <input type="checkbox" aria-label="Select all keys" checked=${choice.state === 'all'}
      indeterminate=${choice.state === 'some'} disabled=${choice.isOff} onClick=${choice.onChooseAll} />
  </div>`;
}

/** @param {{index: number, top: number, columns: Column[], row: any, isActive: boolean, onActive: (index: number) => void, choice?: Choice}} properties */
function Row({ index, top, columns, row, isActive, onActive, choice }) {
  const isChosen = choice && row ? choice.isChosen(row) : false;
  return html`<div
    role="row" id=${`row-${index}`} aria-rowindex=${index + 2} aria-selected=${choice ? isChosen : isActive}
    class=${isActive ? 'grid-row data active' : 'grid-row data'} style=${{ transform: `translateY(${top}px)` }}
    onClick=${() => onActive(index)}
  >
    ${choice && html`<div role="gridcell" class="cell choice">
      <input type="checkbox" tabindex="-1" aria-label=${row ? `Select ${row.key}` : 'Select'} disabled=${!row || choice.isOff}
        checked=${isChosen} onClick=${() => choice.onChoose(row)} />
    </div>`}
    ${columns.map(
      (column) => html`<div role="gridcell" class=${`cell ${column.name}`}>${row ? column.cell(row) : html`<span class="waiting"></span>`}</div>`,
    )}
  </div>`;
}
