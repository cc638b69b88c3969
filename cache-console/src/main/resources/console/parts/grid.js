// A table of any length of which only what is seen is in the page. It is one stop for Tab; the
// arrows move within it.
import { html, useEffect, useLayoutEffect, useRef, useState } from '../base/html.js';

/** Browsers draw no box that is much higher. */
const MAX_HEIGHT = 15_000_000;
/** Rows above and below what is seen, so that scrolling shows no gap. */
const SPARE = 12;
const MOST_ROWS = 150;
const NARROW = matchMedia('(max-width: 640px)');

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
  const box = useRef(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [rowHeight, setRowHeight] = useState(NARROW.matches ? 56 : 32);

  useEffect(() => {
    const change = () => setRowHeight(NARROW.matches ? 56 : 32);
    NARROW.addEventListener('change', change);
    const size = new ResizeObserver(() => measure());
    size.observe(box.current);
    return () => {
      NARROW.removeEventListener('change', change);
      size.disconnect();
    };
  }, []);

  const measure = () => {
    const head = box.current.querySelector('.grid-head').offsetHeight;
    setView({ top: box.current.scrollTop, height: Math.max(rowHeight, box.current.clientHeight - head) });
  };

  const whole = length * rowHeight;
  const height = Math.min(whole, MAX_HEIGHT);
  // Beyond the highest box, a step of the scroll bar is more than one of the rows.
  const scale = whole > height ? (whole - view.height) / (height - view.height) : 1;
  const offset = Math.min(view.top * scale, Math.max(0, whole - view.height));
  const first = Math.max(0, Math.floor(offset / rowHeight) - SPARE);
  const last = Math.min(length, Math.ceil((offset + view.height) / rowHeight) + SPARE, first + MOST_ROWS);

  useEffect(() => need(first, last), [first, last, need, length]);

  /** Moves so that a row is seen. @param {number} index */
  const reveal = (index) => {
    const top = index * rowHeight;
    if (top < offset) {
      box.current.scrollTop = top / scale;
    } else if (top + rowHeight > offset + view.height) {
      box.current.scrollTop = (top + rowHeight - view.height) / scale;
    }
  };
  useLayoutEffect(() => {
    if (active >= 0) {
      reveal(active);
    }
  }, [active]);

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const targets = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: length - 1,
    };
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
    } else if (event.key in targets && length > 0) {
      event.preventDefault();
      onActive(Math.min(length - 1, Math.max(0, targets[event.key])));
    }
  };

  const rows = [];
  for (let index = first; index < last; index += 1) {
    const top = index * rowHeight - offset + view.top;
    rows.push(
      html`<${Row} key=${index} index=${index} top=${top} columns=${columns} row=${row(index)}
        isActive=${index === active} onActive=${onActive} choice=${choice} />`,
    );
  }
  return html`<div
    class=${choice ? 'grid choosing' : 'grid'} role="grid" aria-multiselectable=${choice ? true : undefined} tabindex="0" ref=${box} aria-label=${label} aria-rowcount=${length + 1}
    aria-colcount=${columns.length + (choice ? 1 : 0)} onScroll=${measure} onKeyDown=${press}
    aria-activedescendant=${active >= first && active < last ? `row-${active}` : undefined}
    onFocus=${(event) => event.target === box.current && active < 0 && length > 0 && onActive(Math.max(0, Math.ceil(offset / rowHeight)))}
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
function Head({ column, sort, order, onSort }) {
  const isSorted = column.sort !== undefined && column.sort === sort;
  return html`<div role="columnheader" class=${`cell ${column.name}`} aria-sort=${isSorted ? DIRECTIONS[order] : undefined}>
    ${column.sort
      ? html`<button class="sort" onClick=${() => onSort(column.sort)}>
          ${column.title}<span aria-hidden="true" class="arrow">${isSorted ? (order === 'asc' ? '▲' : '▼') : ''}</span>
        </button>`
      : column.title}
  </div>`;
}

/** @param {{choice: Choice}} properties */
function ChooseAll({ choice }) {
  return html`<div role="columnheader" class="cell choice">
    <input type="checkbox" aria-label="Select all keys" checked=${choice.state === 'all'}
      indeterminate=${choice.state === 'some'} onClick=${choice.onChooseAll} />
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
      <input type="checkbox" tabindex="-1" aria-label=${row ? `Select ${row.key}` : 'Select'} disabled=${!row}
        checked=${isChosen} onClick=${() => choice.onChoose(row)} />
    </div>`}
    ${columns.map(
      (column) => html`<div role="gridcell" class=${`cell ${column.name}`}>${row ? column.cell(row) : html`<span class="waiting"></span>`}</div>`,
    )}
  </div>`;
}
