// Saves a file of the service of any size as well as a browser can: the token must be sent in a
// header, so a plain link does not do.
import { Unreachable, getStream } from './api.js';
import { nameOf, save } from './files.js';
import { size } from './formats.js';

/** The most bytes that are put together in the memory of the browser. */
export const MOST_BYTES = 268_435_456;

/** Whether this browser writes to a file while it receives: few do, and only over HTTPS or on the same machine. */
export function canStream() {
  return 'showSaveFilePicker' in window && typeof window.showSaveFilePicker === 'function';
}

/**
 * Downloads a file.
 * @param {URL} url made by address()
 * @param {string} name what it is called unless the service says otherwise
 * @param {{onProgress: (bytes: number, all: number) => void, signal: AbortSignal, mostBytes?: number}} how all: 0 if it is unknown
 * @returns {Promise<number>} its bytes
 * @throws {Error} also if it is too large for the memory of the browser; nothing is saved then
 */
export async function download(url, name, { onProgress, signal, mostBytes = MOST_BYTES }) {
  if (canStream()) {
    // First, while the click still counts as the wish of a person.
    const file = await /** @type {any} */ (window).showSaveFilePicker({ suggestedName: name });
    const { body, all } = await open(url, signal);
    const counted = counting((bytes) => onProgress(bytes, all));
    try {
      // What a file had before stays if this fails.
      await body.pipeThrough(counted.stream).pipeTo(await file.createWritable(), { signal });
    } catch (failure) {
      throw broken(failure);
    }
    return counted.bytes();
  }
  const { body, all, headers } = await open(url, signal);
  const tooLarge = () => new Error(`The file has more than ${size(mostBytes)}, which is the most that this browser keeps in memory. Copy the command, and download it in a shell.`);
  if (all > mostBytes) {
    await body.cancel();
    throw tooLarge();
  }
  /** @type {BlobPart[]} */
  const parts = [];
  let bytes = 0;
  for await (const part of chunks(body)) {
    bytes += part.length;
    if (bytes > mostBytes) {
      throw tooLarge();
    }
    parts.push(part);
    onProgress(bytes, all);
  }
  save(new Blob(parts, { type: 'application/octet-stream' }), headers.has('Content-Disposition') ? nameOf(headers) : name);
  return bytes;
}

/** @param {URL} url @param {AbortSignal} signal */
async function open(url, signal) {
  const { body, headers } = await getStream(url, signal);
  return { body, headers, all: Number(headers.get('Content-Length') ?? 0) };
}

/** Not every browser can walk over a stream. @param {ReadableStream<Uint8Array<ArrayBuffer>>} body */
async function* chunks(body) {
  const reader = body.getReader();
  try {
    for (let next = await read(reader); !next.done; next = await read(reader)) {
      yield next.value;
    }
  } finally {
    // One that broke off cannot be cancelled, and says no more than before.
    await reader.cancel().catch(() => {});
  }
}

/** @param {ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>} reader */
async function read(reader) {
  try {
    return await reader.read();
  } catch (failure) {
    throw broken(failure);
  }
}

/** What fetch() reports if a connection ends too early. @param {any} failure */
function broken(failure) {
  return failure instanceof TypeError ? new Unreachable('The file broke off: the connection ended too early.') : failure;
}

/** @param {(bytes: number) => void} onBytes */
function counting(onBytes) {
  let sum = 0;
  const stream = new TransformStream({
    transform(part, out) {
      sum += part.length;
      onBytes(sum);
      out.enqueue(part);
    },
  });
  return { stream, bytes: () => sum };
}
