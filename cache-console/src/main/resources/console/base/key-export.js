// The keys of a list as a file. It is put together in the memory of the browser, since the token
// must be sent in a header, so its size has a limit.
import { get } from './api.js';
import { ndjson } from './files.js';

const PAGE = 10_000;
const MOST_BYTES = 268_435_456;

/** As `cache keys -o csv` has them, and the bytes of keys that are no text. */
const COLUMNS = ['size_bytes', 'ttl_seconds', 'last_access_seconds', 'server', 'key', 'key_base64'];

/** What the formats are called. */
export const FORMATS = {
  ndjson: { title: 'NDJSON', type: 'application/x-ndjson', head: '', rows: ndjson },
  csv: { title: 'CSV', type: 'text/csv;charset=utf-8', head: `${COLUMNS.join(',')}\r\n`, rows: csv },
};

/** @param {Record<string, any>[]} rows */
function csv(rows) {
  return rows.map((row) => `${COLUMNS.map((name) => cell(row[name])).join(',')}\r\n`).join('');
}

/**
 * RFC 4180, and quotes around a semicolon or a tab, which separate cells in many spreadsheets; an
 * apostrophe keeps them from taking a text for a formula, also one in full-width characters or behind characters that are not seen. @param {any} value
 */
function cell(value) {
  if (typeof value === 'number') {
    return String(value);
  }
  const text = value ?? '';
  const safe = /^(?:[\t\r\n]|[\s\p{C}]*[=+\-@＝＋－＠])/u.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Exports rows that are there already.
 * @param {Record<string, any>[]} rows @param {keyof typeof FORMATS} format
 */
export function exportRows(rows, format) {
  const { type, head, rows: write } = FORMATS[format];
  return new Blob([head, write(rows)], { type });
}

/**
 * Exports all keys of a list: in its order if the service has them all in this order, otherwise by key.
 * @param {import('./criteria.js').Criteria} criteria
 * @param {keyof typeof FORMATS} format
 * @param {{onProgress: (done: number, all: number) => void, signal: AbortSignal, mostBytes?: number, mostKeys?: number}} how
 * @returns {Promise<{content: Blob, keys: number, matching: number}>} fewer keys than match if the file became too large
 */
export async function exportList(criteria, format, { onProgress, signal, mostBytes = MOST_BYTES, mostKeys = PAGE }) {
  const { type, head, rows } = FORMATS[format];
  const parts = [new Blob([head])];
  let [keys, bytes, matching] = [0, 0, 0];
  let cursor = '';
  let list = criteria;
  do {
    const answer = await get(list.address({ details: true, limit: mostKeys, cursor }), signal);
    matching = answer.count ?? answer.total_keys;
    if (!list.hasPages && answer.keys.length < matching) {
      list = list.byKey;
      continue;
    }
    // A blob each: the browser may keep them on its disk.
    const part = new Blob([rows(answer.keys)]);
    if (bytes + part.size > mostBytes) {
      break;
    }
    parts.push(part);
    bytes += part.size;
    keys += answer.keys.length;
    onProgress(keys, matching);
    cursor = answer.next_cursor ?? null;
  } while (cursor !== null);
  return { content: new Blob(parts, { type }), keys, matching };
}
