// The keys that a person has selected: up to a thousand by name; beyond that, all that a filter
// finds.
import { get } from './api.js';
import { onOtherCaller } from './session.js';
import { Store } from './store.js';

/** The most keys that are changed by name. */
export const MOST_SELECTED = 1_000;

/**
 * @typedef {object} Selection
 * @property {Map<string, import('./key-pages.js').Row>} rows by id
 * @property {import('./criteria.js').Criteria | null} criteria if all of its keys are selected
 * @property {string} listId of the list that they were selected in
 * @property {string} asOf what is known of them is of this time
 * @property {boolean} isFull whether somebody wanted more than there can be
 */

/** @type {Selection} */
const NOTHING = { rows: new Map(), criteria: null, listId: '', asOf: '', isFull: false };

/** @type {Store<Selection>} */
export const selection = new Store(NOTHING);

/** What names a key, whatever it looks like. @param {{key: string, key_base64?: string}} row */
export function idOf(row) {
  return row.key_base64 ? `base64 ${row.key_base64}` : `text ${row.key}`;
}

onOtherCaller(() => selection.set(NOTHING));

export function clearSelection() {
  selection.set({ ...NOTHING, listId: selection.value.listId });
}

/** Another list has a selection of its own; another order of the same list has not. @param {import('./criteria.js').Criteria} criteria */
export function keepSelectionOf(criteria) {
  if (selection.value.listId !== criteria.filterId) {
    selection.set({ ...NOTHING, listId: criteria.filterId });
  }
}

/** Whether these pages are still shown while those of another list are asked for. @param {import('./key-pages.js').KeyPages} pages */
export function isFormer(pages) {
  return selection.value.listId !== pages.criteria.filterId;
}

/** @param {import('./key-pages.js').Row} row @param {import('./key-pages.js').KeyPages} pages that have it */
export function toggle(row, pages) {
  if (isFormer(pages)) {
    return;
  }
  const rows = new Map(selection.value.criteria ? [] : selection.value.rows);
  const isFull = rows.size >= MOST_SELECTED && !rows.has(idOf(row));
  if (!rows.delete(idOf(row)) && !isFull && !selection.value.criteria) {
    rows.set(idOf(row), row);
  }
  selection.set({ rows, criteria: null, isFull, asOf: pages.asOf });
}

/**
 * Selects all keys of a list, or none if all are.
 * @param {import('./key-pages.js').KeyPages} pages
 */
export async function toggleAll(pages) {
  if (isFormer(pages)) {
    return;
  }
  if (isAll(selection.value, pages.matching)) {
    selection.set({ ...NOTHING, listId: pages.criteria.filterId });
  } else if (pages.matching > MOST_SELECTED) {
    selection.set({ rows: new Map(), criteria: pages.criteria, isFull: false, asOf: pages.asOf });
  } else {
    const before = selection.value;
    const answer = await get(pages.criteria.address({ details: true, limit: MOST_SELECTED }));
    if (selection.value !== before) {
      // Another list is shown now, or something else was selected, or somebody else is here.
      return;
    }
    selection.set({ rows: new Map(answer.keys.map((row) => [idOf(row), row])), criteria: null, isFull: false, asOf: answer.as_of });
  }
}

/** @param {Selection} selected @param {number} matching how many keys the list has */
export function isAll({ rows, criteria }, matching) {
  return criteria !== null || (rows.size > 0 && rows.size >= matching);
}

/** The fields of a request that name these keys. @param {import('./key-pages.js').Row[]} rows */
export function named(rows) {
  return {
    keys: rows.filter((row) => !row.key_base64).map((row) => row.key),
    keys_base64: rows.filter((row) => row.key_base64).map((row) => row.key_base64),
  };
}
