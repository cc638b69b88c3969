// A value as somebody edits it, and how it is sent: never through a number or a text that would
// change it on the way.
import { base64Of, getBytes, keyAddress } from './api.js';

/** The most bytes that a field of a page can have without becoming slow. */
export const MOST_EDITED = 1_048_576;

/** Stands behind JSON that the API has stored. */
const JSON_MARK = ' \t\n';
/** The flags of JSON of older versions. */
const JSON_FLAGS = 1_246_953_472;

/**
 * @typedef {object} Edited
 * @property {'json' | 'text' | 'base64'} form
 * @property {string} text
 * @property {string} flags
 * @property {string} version with its quotes; empty if the server keeps none
 * @property {string} reason why the form is base64; empty otherwise
 * @property {boolean} [isUnsure] whether an attempt to store it had no answer, and may have stored it
 */

/**
 * Reads the value of a key for editing. It counts as a hit.
 * @param {string} key @param {string | null} base64
 * @returns {Promise<Edited>}
 */
export async function readForEditing(key, base64) {
  const { bytes, headers } = await getBytes(keyAddress(key, base64, 'raw'));
  if (bytes.length > MOST_EDITED) {
    throw new Error('The value is too large to be edited in a page. Download it, and store it with cache set.');
  }
  const flags = headers.get('X-Memcached-Flags') ?? '0';
  const version = headers.get('ETag') ?? '';
  const text = textOf(bytes);
  if (text === null) {
    return { form: 'base64', text: base64Of(bytes), flags, version, reason: 'The value is no text, so its bytes are edited in base64.' };
  }
  const isMarked = text.endsWith(JSON_MARK);
  if ((isMarked || Number(flags) === JSON_FLAGS) && isJson(text)) {
    return { form: 'json', text: isMarked ? text.slice(0, -JSON_MARK.length) : text, flags, version, reason: '' };
  }
  // A field of a page makes one line break of two characters.
  return text.includes('\r')
    ? { form: 'base64', text: base64Of(bytes), flags, version, reason: 'The value has carriage returns, which a field would change, so its bytes are edited in base64.' }
    : { form: 'text', text, flags, version, reason: '' };
}

/**
 * The body that stores it. JSON is stored as it was typed, byte for byte: sent as JSON, numbers would be written anew and some objects
 * would mean bytes.
 * @param {Edited} edited @param {string} timeout as JSON
 */
export function storeBody({ form, text, flags }, timeout) {
  const values = { json: () => JSON.stringify({ base64: base64Of(new TextEncoder().encode(text + JSON_MARK)) }), text: () => JSON.stringify(text), base64: () => JSON.stringify({ base64: text.replace(/\s/g, '') }) };
  return `{"value": ${values[form]()}, "flags": ${flags}, "timeout": ${timeout}}`;
}

/** What is wrong with what was typed; empty if nothing is. @param {Edited} edited */
export function faultOf({ form, text, flags }) {
  if (!/^\d{1,10}$/.test(flags) || Number(flags) > 4_294_967_295) {
    return 'Flags are a whole number from 0 to 4294967295.';
  }
  if (form === 'json' && !isJson(text)) {
    return 'This is no JSON. Mend it, or store it as text.';
  }
  return form === 'base64' && !/^(?:[A-Za-z0-9+/_-]{4})*(?:[A-Za-z0-9+/_-]{2}(?:==)?|[A-Za-z0-9+/_-]{3}=?)?$/.test(text.replace(/\s/g, ''))
    ? 'This is no base64.'
    : '';
}

/** The text that these bytes are in UTF-8; null if they are none. @param {Uint8Array} bytes */
export function textOf(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (failure) {
    if (failure instanceof TypeError) {
      return null;
    }
    throw failure;
  }
}

/** Whether it is valid. @param {string} text */
export function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch (failure) {
    if (failure instanceof SyntaxError) {
      return false;
    }
    throw failure;
  }
}
