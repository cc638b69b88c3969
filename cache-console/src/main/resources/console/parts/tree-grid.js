// A tree with columns of which only what is seen is in the page. It is one stop for Tab; the arrows
// move within it, open and close.
import { html, useEffect, useLayoutEffect, useRef, useState } from '../base/html.js';

/** Rows above and below what is seen, so that scrolling shows no gap. */
const SPARE = 12;
const MOST_ROWS = 150;
const NARROW = matchMedia('(max-width: 640px)');

function rowHeightNow() {
  return NARROW.matches ? 56 : 32;
}

/**
 * @param {{
 *   label: string, columns: import('./grid.js').Column[], rows: import('../base/key-tree.js').Row[], sort: string,
 *   onSort: (name: string) => void, active: number, onActive: (index: number) => void,
 *   isFolder: (row: any) => boolean, onToggle: (row: any) => void, onOpen: (row: any) => void, onDelete: (row: any) => void
 * }} properties the first column is that of the tree
 */
export function TreeGrid({ label, columns, rows, sort, onSort, active, onActive, isFolder, onToggle, onOpen, onDelete }) {
  const box = useRef(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [rowHeight, setRowHeight] = useState(rowHeightNow);
  const measure = () => {
    const head = box.current.querySelector('.grid-head').offsetHeight;
    setView({ top: box.current.scrollTop, height: Math.max(1, box.current.clientHeight - head) });
  };
  useEffect(() => {
    const change = () => setRowHeight(rowHeightNow());
    NARROW.addEventListener('change', change);
    const size = new ResizeObserver(measure);
    size.observe(box.current);
    return () => {
      NARROW.removeEventListener('change', change);
      size.disconnect();
    };
  }, []);
  useLayoutEffect(() => {
    const top = active * rowHeight;
    if (active >= 0 && top < box.current.scrollTop) {
      box.current.scrollTop = top;
    } else if (active >= 0 && top + rowHeight > box.current.scrollTop + view.height) {
      box.current.scrollTop = top + rowHeight - view.height;
    }
  }, [active]);

  const first = Math.max(0, Math.floor(view.top / rowHeight) - SPARE);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / rowHeight) + SPARE, first + MOST_ROWS);
  const row = rows[active];

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const moves = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: rows.length - 1 };
    const isOpen = row && isFolder(row) && row.isOpen;
    if (event.target !== box.current || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (event.key in moves && rows.length > 0) {
      onActive(Math.min(rows.length - 1, Math.max(0, moves[event.key])));
    } else if (!row) {
      return;
    } else if (event.key === 'ArrowRight') {
      if (isOpen) {
        onActive(Math.min(rows.length - 1, active + 1));
      } else if (isFolder(row)) {
        onToggle(row);
      }
    } else if (event.key === 'ArrowLeft') {
      if (isOpen) {
        onToggle(row);
      } else if (row.parent >= 0) {
        onActive(row.parent);
      }
    } else if (event.key === 'Enter') {
      onOpen(row);
    } else if (event.key === 'Delete') {
      onDelete(row);
    } else {
      return;
    }
    event.preventDefault();
  };

  return html`<div
    class="grid" role="treegrid" tabindex="0" ref=${box} aria-label=${label} aria-rowcount=${rows.length + 1} aria-colcount=${columns.length}
    aria-activedescendant=${active >= first && active < last ? `tree-${active}` : undefined} onScroll=${measure} onKeyDown=${press}
    onFocus=${(event) => event.target === box.current && active < 0 && rows.length > 0 && onActive(0)}
  >
    <div role="rowgroup" class="grid-head">
      <div role="row" aria-rowindex="1" class="grid-row">
        ${columns.map((column) => html`<${Head} column=${column} sort=${sort} onSort=${onSort} />`)}
      </div>
    </div>
    <div role="rowgroup" class="grid-body" style=${{ height: `${rows.length * rowHeight}px` }}>
      ${rows.slice(first, last).map((shown, index) => html`<${Row} key=${shown.id} index=${first + index} row=${shown} top=${(first + index) * rowHeight} columns=${columns}
        isActive=${first + index === active} isFolder=${isFolder(shown)} onActive=${onActive} />`)}
    </div>
  </div>`;
}

/** @param {{column: any, sort: string, onSort: (name: string) => void}} properties */
function Head({ column, sort, onSort }) {
  const isSorted = column.sort !== undefined && column.sort === sort;
  const isAscending = column.sort === 'name';
  return html`<div role="columnheader" class=${`cell ${column.name}`} aria-sort=${isSorted ? (isAscending ? 'ascending' : 'descending') : undefined}>
    ${column.sort
      ? html`<button class="sort" onClick=${() => onSort(column.sort)}>${column.title}<span aria-hidden="true" class="arrow">${isSorted ? (isAscending ? '▲' : '▼') : ''}</span></button>`
      : column.title}
  </div>`;
}

/** @param {{index: number, row: any, top: number, columns: any[], isActive: boolean, isFolder: boolean, onActive: (index: number) => void}} properties */
function Row({ index, row, top, columns, isActive, isFolder, onActive }) {
  return html`<div
    role="row" id=${`tree-${index}`} aria-rowindex=${index + 2} aria-level=${row.depth} aria-posinset=${row.index + 1} aria-setsize=${row.siblings}
    aria-expanded=${isFolder ? row.isOpen : undefined} aria-selected=${isActive}
    class=${isActive ? 'grid-row data active' : 'grid-row data'} style=${{ transform: `translateY(${top}px)` }} onClick=${() => onActive(index)}
  >
    ${columns.map((column) => html`<div role="gridcell" class=${`cell ${column.name}`}>${column.cell(row)}</div>`)}
  </div>`;
}
