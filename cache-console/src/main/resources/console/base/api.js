// The one client of the API. Every request of the console goes through get().

/** Relative to this file, so that any path in front of the service works. */
const API = new URL('../../api/cache/', import.meta.url);
const TOKEN = 'cache-app-token';

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
  }
}

/** Nothing answers, or what answers is not the service. */
export class Unreachable extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.name = 'Unreachable';
  }
}

/** The token of this tab; empty if nobody signed in. It ends with the tab. */
export function token() {
  return sessionStorage.getItem(TOKEN) ?? '';
}

/** @param {string} secret empty to sign out */
export function setToken(secret) {
  if (secret) {
    sessionStorage.setItem(TOKEN, secret);
  } else {
    sessionStorage.removeItem(TOKEN);
  }
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
  return new URL(path + (pairs.length ? `?${pairs.join('&')}` : ''), API);
}

/** The path of a key. @param {string} key @param {string | null | undefined} base64 its bytes, if it is not text */
export function keyAddress(key, base64, view = '', parameters = {}) {
  return base64
    ? address('key/', { key_base64: base64, ...parameters })
    : address(`key/${encodeURIComponent(key.toWellFormed())}/${view}`, parameters);
}

/**
 * Asks the API.
 * @param {URL} url made by address()
 * @param {AbortSignal} [signal]
 * @returns {Promise<any>} the answer
 * @throws {Problem | Unreachable | DOMException} the last if it was aborted
 */
export async function get(url, signal) {
  const headers = { Accept: 'application/json' };
  if (token()) {
    headers.Authorization = `Bearer ${token()}`;
  }
  let response;
  try {
    response = await fetch(url, { headers, signal, cache: 'no-store', redirect: 'error' });
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Unreachable('The service does not answer.');
  }
  const type = response.headers.get('Content-Type') ?? '';
  if (!type.includes('json')) {
    throw new Unreachable(`Something else answers instead of the service (status ${response.status}).`);
  }
  let body;
  try {
    body = await response.json();
  } catch (failure) {
    if (failure.name === 'AbortError') {
      throw failure;
    }
    throw new Unreachable('The answer of the service broke off.');
  }
  if (!response.ok) {
    throw new Problem(body, Number(response.headers.get('Retry-After') ?? 0));
  }
  return body;
}
