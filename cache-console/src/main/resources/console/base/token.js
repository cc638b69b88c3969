// The token of this tab. A page that the browser keeps for a step back may keep what the tab had before a sign-out, so
// each sign-in has an id, and one that has ended is noted where all pages of the console read it. The names have the path
// of the service: another one on the same origin must not get the token.
import { API } from './service-address.js';

const TOKEN = `cache-app-token ${API.pathname}`;
const SIGN_IN = `cache-app-sign-in ${API.pathname}`;
const ENDED = `cache-app-ended ${API.pathname}`;

/** The most ended sign-ins that are remembered. Browsers keep fewer pages. */
const MOST_ENDED = 200;

let leave = () => {};

/** How often somebody has signed in or out on this page. */
let turns = 0;

/** @returns {string[]} */
function ended() {
  return (localStorage.getItem(ENDED) ?? '').split(' ').filter((id) => id !== '');
}

/** The token; empty if nobody has signed in, or has signed out since. It ends with the tab, but comes back with it. */
export function token() {
  const id = sessionStorage.getItem(SIGN_IN);
  if (id !== null && ended().includes(id)) {
    forget();
    // Whoever asks for the token goes on without it first.
    queueMicrotask(leave);
  }
  return sessionStorage.getItem(TOKEN) ?? '';
}

/** Tells this sign-in from all others, also from those with the same token. */
export function signInId() {
  // It may have ended elsewhere.
  const secret = token();
  return `${turns} ${sessionStorage.getItem(SIGN_IN) ?? ''} ${secret}`;
}

/** Ends the sign-in before, also in pages to which a step back leads. @param {string} secret empty to sign out */
export function setToken(secret) {
  const id = sessionStorage.getItem(SIGN_IN);
  forget();
  if (id !== null) {
    noteEnd(id);
  }
  if (secret) {
    sessionStorage.setItem(SIGN_IN, [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-'));
    sessionStorage.setItem(TOKEN, secret);
  }
}

/** @param {string} id of a sign-in */
function noteEnd(id) {
  try {
    localStorage.setItem(ENDED, [...ended(), id].slice(-MOST_ENDED).join(' '));
  } catch (failure) {
    // Others fill the storage of this origin. A sign-out holds here all the same, but copies of this tab do not learn of it.
    console.error('The end of a sign-in could not be noted for other tabs:', failure);
  }
}

/** @param {() => void} action runs when another tab has ended the sign-in that this one shares */
export function onSignOutElsewhere(action) {
  leave = action;
  addEventListener('storage', (event) => event.key === ENDED && token());
}

function forget() {
  turns += 1;
  sessionStorage.removeItem(TOKEN);
  sessionStorage.removeItem(SIGN_IN);
}
