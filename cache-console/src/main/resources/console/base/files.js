// What leaves the page: files and the clipboard.

/** Saves a file. @param {Blob} content @param {string} name */
export function save(content, name) {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has begun to save it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The name that the service gives to a file (RFC 6266, RFC 8187). @param {Headers} headers */
export function nameOf(headers) {
  const header = headers.get('Content-Disposition') ?? '';
  const encoded = /filename\*=UTF-8''([^;]+)/.exec(header);
  return encoded ? decodeURIComponent(encoded[1]) : (/filename="([^"]+)"/.exec(header)?.[1] ?? 'value.bin');
}

/** Objects as lines of JSON. @param {object[]} rows */
export function ndjson(rows) {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

/** Copies a text. @param {string} text */
export async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Browsers have no clipboard for pages over plain HTTP from elsewhere.
  const box = document.createElement('textarea');
  box.value = text;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  document.body.append(box);
  box.select();
  const isCopied = document.execCommand('copy');
  box.remove();
  focused?.focus();
  if (!isCopied) {
    throw new Error('This browser does not let the page copy. Mark the text and copy it.');
  }
}
