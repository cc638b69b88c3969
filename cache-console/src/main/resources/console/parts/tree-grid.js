// A tree with columns of which only what is seen is in the page. It is one stop for Tab; the arrows
// move within it, open and close.
import { html } from '../base/html.js';
import { Head } from './grid.js';
import { useScrolledRows } from './scrolled-rows.js';

/**
 * @param {{
 *   label: string, columns: import('./grid.js').Column[], rows: import('../base/key-tree.js').Row[], sort: string,
 *   onSort: (name: string) => void, active: number, onActive: (index: number) => void,
 *   isFolder: (row: any) => boolean, onToggle: (row: any) => void, onOpen: (row: any) => void, onDelete: (row: any) => void
 * }} properties the first column is that of the tree
 */
export function TreeGrid({ label, columns, rows, sort, onSort, active, onActive, isFolder, onToggle, onOpen, onDelete }) {
  const { box, measure, first, last, height, topOf, targetOf } = useScrolledRows(rows.length, active);
  const row = rows[active];

  /** @param {KeyboardEvent} event */
  const press = (event) => {
    const target = targetOf(event.key);
    const isOpen = row && isFolder(row) && row.isOpen;
    if (event.target !== box.current || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (target >= 0) {
      onActive(target);
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
        ${columns.map((column) => html`<${Head} column=${column} sort=${sort} order=${column.sort === 'name' ? 'asc' : 'desc'} onSort=${onSort} />`)}
      </div>
    </div>
    <div role="rowgroup" class="grid-body" style=${{ height: `${height}px` }}>
      ${rows.slice(first, last).map((shown, index) => html`<${Row} key=${shown.id} index=${first + index} row=${shown} top=${topOf(first + index)} columns=${columns}
        isActive=${first + index === active} isFolder=${isFolder(shown)} onActive=${onActive} />`)}
    </div>
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
