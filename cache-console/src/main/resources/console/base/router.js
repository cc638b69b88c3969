// The fragment of the address is the state of every view, so that links can be shared, back works,
// and keys stay out of the logs of proxies.
import { useEffect, useState } from './html.js';

/** @typedef {{path: string, parameters: URLSearchParams}} Route */

/** @returns {Route} */
function route() {
  const [path, query = ''] = splitOnce(location.hash.slice(1) || '/', '?');
  // Of a parameter that is there twice, the first counts, everywhere.
  const first = new Map([...new URLSearchParams(query)].reverse());
  return { path, parameters: new URLSearchParams([...first].reverse()) };
}

/** @param {string} text @param {string} separator */
function splitOnce(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/**
 * The fragment of a view.
 * @param {string} path
 * @param {Record<string, unknown>} parameters those that are undefined, null or empty are left out
 */
export function fragment(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== '') {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return `#${path}${text ? `?${text}` : ''}`;
}

/** The view of a key. @param {{key: string, key_base64?: string}} row */
export function keyFragment(row) {
  return fragment('/key', row.key_base64 ? { key_base64: row.key_base64 } : { key: row.key });
}

/** How many views of the console lie behind this one. The browser keeps it with each entry of its history. */
let depth = history.state?.depth ?? 0;
/** The fragment to which this page itself leads next, by a link or a button. @type {string | null} */
let expected = null;
let isOwn = false;
history.replaceState({ depth }, '');
addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  // With one of these keys it opens elsewhere, and this page stays.
  if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
    expected = link.hash;
  }
}, true);
addEventListener('hashchange', () => {
  isOwn = location.hash === expected;
  expected = null;
  depth = history.state?.depth ?? depth + 1;
  history.replaceState({ depth }, '');
});

/**
 * Whether a link or a button of this page has led here. Otherwise it was a link from outside, a page that has opened
 * this one, a step back, or a reload, and nothing is done that nobody has asked for.
 */
export function isOwnView() {
  return isOwn;
}

/** From now on the view is as one from outside: whoever was led here is somebody else. */
export function disownView() {
  isOwn = false;
  expected = null;
}

/** Goes to the view before, or to another one if somebody came here by a link from outside. @param {string} fallback a fragment */
export function back(fallback) {
  if (depth > 0) {
    history.back();
  } else {
    go(fallback, { replace: true });
  }
}

/** Goes to a view. @param {string} target a fragment @param {{replace?: boolean}} [how] replace: no step back leads here */
export function go(target, { replace = false } = {}) {
  if (target === location.hash) {
    return;
  }
  expected = new URL(target, location.href).hash;
  if (replace) {
    history.replaceState(history.state, '', target);
    dispatchEvent(new HashChangeEvent('hashchange'));
  } else {
    location.hash = target;
  }
}

/** The current view; the component is drawn again when it changes. */
export function useRoute() {
  const [current, setCurrent] = useState(route);
  useEffect(() => {
    const follow = () => setCurrent(route());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return current;
}
