// The one client of the API. Every request of the console goes through get(), send(), getBytes(), getStream() or open().
import { API } from './service-address.js';
import { hear } from './service-time.js';
import { signInId, token } from './token.js';

/** A step of a path that browsers and proxies shorten: `DELETE key/../` would reach the service as a request to clear every server. */
const STEPS = /(^|[/\\])\.{1,2}($|[/\\;])/;

/** What was looked at last: the environment, the store and the servers, in a text that says nothing else. */
let target = '';

/** Changes are refused from now on if the service has another target by then. @param {string} seen */
export function changeOnly(seen) {
  target = seen;
}

/** A refusal of the service, as RFC 9457 has it. */
export class Problem extends Error {
  /**
   * @param {{status: number, type?: string, title?: string, detail?: string}} body
   * @param {number} retryAfter seconds; 0 if it is of no use to ask again
   */
  constructor(body, retryAfter) {
    super(body.detail || body.title || `The service answered ${body.status}.`);
    this.name = 'Problem';
    this.status = body.status;
    this.title = body.title || `Status ${body.status}`;
    this.retryAfter = retryAfter;
    /** What comes after the common beginning of its type, such as `invalid-pattern`. */
    this.kind = (body.type || '').replace('urn:cache-app:problem:', '');
    this.body = body;
    /** Whether it answers a request that changes something: such a one is never sent again by itself. */
    this.isOfChange = false;
    /** Whether it would only have said what would change. */
    this.isTrial = false;
  }
}

/** Nothing answers, or what answers is not the service. */
export class Unreachable extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.name = 'Unreachable';
    /** Whether a request was under way that changes something: nobody knows what became of it. */
    this.isOfChange = false;
    /** Whether it would only have said what would change. */
    this.isTrial = false;
  }
}

/** Whether nobody knows if what failed was done. @param {any} failure what a request threw; null if nothing */
export function isUnknown(failure) {
  return failure instanceof Unreachable && failure.isOfChange && !failure.isTrial;
}

/** Whether a path, or a key in it, has a step that is shortened. @param {string} path */
export function hasSteps(path) {
  return STEPS.test(path);
}

/**
 * The address of what the API has at a path.
 * @param {string} path below the API, already encoded
 * @param {Record<string, unknown>} parameters those that are undefined, null or empty are left out
 */
export function address(path, parameters = {}) {
  const pairs = Object.entries(parameters)
    .filter(([, value]) => value !== undefined && value !== null && value !== '')
    // Not URLSearchParams: to the API, a plus is a plus.
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value).toWellFormed())}`);
  if (hasSteps(path)) {
    throw new RangeError(`The path ${path} would be shortened.`);
  }
  return new URL(path + (pairs.length ? `?${pairs.join('&')}` : ''), API);
}

/**
 * The address of a key.
 * @param {string} key @param {string | null | undefined} base64 its bytes, if it is not text
 * @param {'' | 'view' | 'raw'} [view]
 */
export function keyAddress(key, base64, view = '', parameters = {}) {
  const bytes = base64 || (hasSteps(key) ? base64Of(new TextEncoder().encode(key)) : null);
  return bytes
    ? address('key/', { key_base64: bytes, ...(view === 'raw' && { raw: true }), ...parameters })
    : address(`key/${encodeURIComponent(key.toWellFormed())}/${view}`, parameters);
}

/** The address of a job. @param {string} id @throws {Problem} if no job can have it */
export function jobAddress(id) {
  if (!/^[A-Za-z0-9_-]+$/.test(id)) {
    throw new Problem({ status: 404, title: 'No such job', detail: `No job has the id "${id}".` }, 0);
  }
  return address(`jobs/${id}/`);
}

/** @param {Uint8Array} bytes */
export function base64Of(bytes) {
  const chunks = [];
  for (let from = 0; from < bytes.length; from += 8_192) {
    chunks.push(String.fromCharCode(...bytes.subarray(from, from + 8_192)));
  }
  return btoa(chunks.join(''));
}

/** A command that gets this. The token is named, never shown. @param {URL} url */
export function curl(url) {
  // What stands between quotes for a shell has none of them.
  const quoted = url.href.replaceAll("'", '%27');
  return `curl ${token() ? '-H "Authorization: Bearer $CACHE_TOKEN" ' : ''}'${quoted}'`;
}

/**
 * Asks the API.
 * @param {URL} url made by address()
 * @param {AbortSignal} [signal]
 * @param {string} [secret] a token for this request alone; that of the tab if it is left out
 * @returns {Promise<any>} the answer
 * @throws {Problem | Unreachable | DOMException} the last if it was aborted
 */
export async function get(url, signal, secret) {
  return exchange(url, { signal }, json, secret);
}

/** What no other request has. Browsers send a request again whose connection was closed without an answer: the service knows it by this. */
function newId() {
  return [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');
}

/**
 * Changes something.
 * @param {string} method
 * @param {URL} url made by address()
 * @param {object | string | null} body a string is JSON already, and sent as it is
 * @param {{ifMatch?: string, ifNoneMatch?: string, signal?: AbortSignal, isTrial?: boolean}} [conditions] versions, with their quotes; isTrial: whether it only says what would change
 * @returns {Promise<any>} the answer
 * @throws {Problem | Unreachable | DOMException} as get() does; nobody knows then whether an Unreachable has changed it
 */
export async function send(method, url, body, { ifMatch, ifNoneMatch, signal, isTrial = false } = {}) {
  /** @type {Record<string, string>} */
  const headers = { 'Idempotency-Key': newId() };
  if (body !== null) {
    headers['Content-Type'] = 'application/json';
  }
  if (target) {
    headers['Cache-Target'] = target;
  }
  if (ifMatch) {
    headers['If-Match'] = ifMatch;
  }
  if (ifNoneMatch) {
    headers['If-None-Match'] = ifNoneMatch;
  }
  const text = body === null || typeof body === 'string' ? body : JSON.stringify(body);
  try {
    return await exchange(url, { method, body: text, headers, signal }, json);
  } catch (failure) {
    if (failure instanceof Problem || failure instanceof Unreachable) {
      failure.isOfChange = true;
      failure.isTrial = isTrial;
    }
    throw failure;
  }
}

/**
 * Asks for a file.
 * @param {URL} url made by address()
 * @param {AbortSignal} [signal]
 * @returns {Promise<{bytes: Uint8Array<ArrayBuffer>, headers: Headers}>}
 * @throws {Problem | Unreachable | DOMException} as get() does
 */
export async function getBytes(url, signal) {
  return exchange(url, { signal }, async (response) => ({
    bytes: new Uint8Array(await whole(() => response.arrayBuffer())),
    headers: response.headers,
  }));
}

/**
 * Opens a stream of events, which events.js reads.
 * @param {URL} url made by address()
 * @param {AbortSignal} signal ends it
 * @returns {Promise<ReadableStream<Uint8Array>>}
 * @throws {Problem | Unreachable | DOMException} as get() does
 */
export function open(url, signal) {
  return exchange(url, { signal, headers: { Accept: 'text/event-stream' } }, (response) => response.body);
}

/**
 * Asks for a large file, which the caller reads bit by bit.
 * @param {URL} url made by address()
 * @param {AbortSignal} signal also ends the reading
 * @returns {Promise<Response>} its body is not read yet
 * @throws {Problem | Unreachable | DOMException} as get() does
 */
export function getStream(url, signal) {
  return exchange(url, { signal }, (response) => response);
}

/**
 * The one place that sends: token, headers and refusals. What comes after somebody else has signed in, or out, is nobody's.
 * @template T
 * @param {URL} url @param {{method?: string, body?: string | null, headers?: Record<string, string>, signal?: AbortSignal}} options
 * @param {(response: Response) => T | Promise<T>} read reads an answer that is no refusal
 * @param {string} [secret] as get() takes it @returns {Promise<T>}
 */
async function exchange(url, options, read, secret) {
  /** @type {Record<string, string>} */
  const headers = { Accept: 'application/json, */*;q=0.5', ...options.headers };
  const before = signInId();
  const sent = secret ?? token();
  if (sent) {
    headers.Authorization = `Bearer ${sent}`;
  }
  let response;
  try {
    response = await fetch(url, { ...options, headers, cache: 'no-store', redirect: 'error' });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Unreachable(failure.name === 'TimeoutError' ? 'The service takes connections and does not answer.' : 'The service does not answer.');
  }
  hear(response.headers.get('Date'));
  requireSame(before);
  if (!response.ok) {
    const body = await json(response);
    requireSame(before);
    if (typeof body?.type !== 'string') {
      throw strange(response);
    }
    throw new Problem(body, Number(response.headers.get('Retry-After') ?? 0));
  }
  const answer = await read(response);
  requireSame(before);
  return answer;
}

/** @param {string} before the sign-in when the request was sent */
function requireSame(before) {
  if (signInId() !== before) {
    throw new DOMException('Somebody else has signed in, or nobody is any more.', 'AbortError');
  }
}

/** @param {Response} response */
function json(response) {
  const type = response.headers.get('Content-Type') ?? '';
  if (!type.includes('json')) {
    throw strange(response);
  }
  return whole(() => response.json());
}

/** @param {Response} response */
function strange(response) {
  return new Unreachable(`Something else answers instead of the service (status ${response.status}).`);
}

/** @template T @param {() => Promise<T>} read @returns {Promise<T>} */
async function whole(read) {
  try {
    return await read();
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Unreachable('The answer of the service broke off.');
  }
}
