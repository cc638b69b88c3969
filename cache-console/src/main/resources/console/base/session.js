// What the whole console knows: the service, the caller, the servers, and what went wrong last.
import { Problem, address, changeOnly, get } from './api.js';
import { serviceTime } from './service-time.js';
import { Store } from './store.js';
import { onSignOutElsewhere, setToken, signInId, token } from './token.js';

const INTERVAL = 5_000;
/** These answers are known at once, unless the service hangs. */
const PATIENCE_MILLIS = 20_000;

/**
 * @typedef {object} Session
 * @property {any} service the answer of service/; null until it is there
 * @property {any} stats the last answer of stats/; null until it is there
 * @property {number} statsAt when it came
 * @property {Error | null} failure of the last request; null if it worked
 * @property {boolean} needsToken whether somebody must sign in
 * @property {string} refused why the last token was not taken, or is not taken any more
 * @property {string} identity who asks, and of which environment and servers; empty until that is known
 * @property {number} callers how often somebody else has come
 */

/** @type {Store<Session>} */
export const session = new Store({
  service: null,
  stats: null,
  statsAt: 0,
  failure: null,
  needsToken: false,
  refused: '',
  identity: '',
  callers: 0,
});

let timer = 0;
let turns = 0;

/** Asks for the state again now, and from then on every few seconds while somebody looks. */
export async function poll() {
  clearTimeout(timer);
  turns += 1;
  const turn = turns;
  try {
    // Asks no server. Rights may have changed, or the version.
    enter(await get(address('service/'), AbortSignal.timeout(PATIENCE_MILLIS)));
    const stats = await get(address('stats/'), AbortSignal.timeout(PATIENCE_MILLIS));
    session.set({ stats, statsAt: serviceTime(), failure: null });
  } catch (failure) {
    if (failure.name !== 'AbortError') {
      report(failure);
    }
  }
  // Without a token, each request would count as a failed attempt.
  if (turn === turns && !document.hidden && !session.value.needsToken) {
    timer = setTimeout(poll, INTERVAL);
  }
}

/** Called when somebody else uses the console than before. @type {(() => void)[]} */
const forgetting = [];

/** What one caller saw is not for another: the action forgets it. @param {() => void} action */
export function onOtherCaller(action) {
  forgetting.push(action);
}

function forgetAll() {
  forgetting.forEach((action) => action());
  session.set({ stats: null, callers: session.value.callers + 1 });
}

/** @param {any} service what it says now */
function enter(service) {
  // What was seen or chosen in one environment, or on some servers, is not for others either.
  const identity = JSON.stringify([service.caller, service.role, service.apps, service.environment, service.target]);
  if (identity !== session.value.identity && session.value.identity !== '') {
    forgetAll();
  }
  changeOnly(service.target ?? '');
  session.set({ service, identity, needsToken: false, refused: '' });
}

/** Notes what went wrong with a request. @param {any} failure */
export function report(failure) {
  const needsToken = failure instanceof Problem && failure.status === 401;
  session.set(needsToken ? { needsToken, stats: null, failure: null, refused: token() ? failure.message : '' } : { failure });
}

/**
 * Whether the caller may do something now.
 * @param {any} service the answer of service/; null: nobody knows yet
 * @param {'manage' | 'dump' | 'download'} operation
 */
export function may(service, operation) {
  return service !== null && service.allowed.includes(operation);
}

const REFUSALS = {
  manage: 'keys cannot be changed here',
  dump: 'dumps cannot be made here',
  download: 'dumps cannot be downloaded here',
};

/** Why not, in a line; empty if nobody knows yet. @param {any} service @param {'manage' | 'dump' | 'download'} operation */
export function whyNot(service, operation) {
  if (service === null || may(service, operation)) {
    return '';
  }
  if (service.environment === 'production') {
    return service.allowed.length > 0
      ? `Production allows ${service.allowed.join(' and ')} only: ${REFUSALS[operation]}.`
      : 'Production is read-only: nothing can be changed here.';
  }
  return service.role === 'operator'
    ? `You are limited to the keys of some apps: ${REFUSALS[operation]}.`
    : `Your role, ${service.role}, is read-only: nothing can be changed here.`;
}

/** Takes another token, unless the service refuses it: all other requests have the one before until then. @param {string} secret */
export async function signIn(secret) {
  session.set({ refused: '' });
  try {
    const service = await get(address('service/'), AbortSignal.timeout(PATIENCE_MILLIS), secret);
    setToken(secret);
    if (session.value.identity === '') {
      // Nobody knows whether what is here is of the same caller.
      forgetAll();
    }
    enter(service);
    await poll();
  } catch (failure) {
    session.set({ refused: failure.message });
  }
}

export function signOut() {
  setToken('');
  leave();
}

function leave() {
  forgetAll();
  session.set({ service: null, identity: '' });
  poll();
}

onSignOutElsewhere(leave);

/** With which sign-in the page was left; another one may have come since when a step back leads to it. */
let kept = '';
addEventListener('pagehide', () => {
  kept = signInId();
  document.documentElement.hidden = true;
});
addEventListener('pageshow', (event) => {
  if (event.persisted && signInId() !== kept) {
    leave();
  }
  document.documentElement.hidden = false;
});

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    clearTimeout(timer);
  } else if (!session.value.needsToken) {
    poll();
  }
});
