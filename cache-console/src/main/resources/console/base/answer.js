// What a component knows of the service, how it asks again, and how it acts.
import { isUnknown } from './api.js';
import { useCallback, useEffect, useMemo, useRef, useState } from './html.js';
import { EarlyPress, isEarlyPress, isFurtherPress } from './presses.js';
import { serviceTime } from './service-time.js';
import { report, session } from './session.js';
import { useStore } from './store.js';
import { begin, onTold, tell } from './untold.js';

/**
 * @typedef {object} Answer
 * @property {any} data null until there is some; it stays if a later request fails
 * @property {number} at when it came; 0 before
 * @property {any} failure of the last request; null if it worked
 * @property {boolean} isLoading
 * @property {(asked?: any) => void} reload asks again; what it is given goes to the request once
 */

const NOTHING = { data: null, at: 0, failure: null, isLoading: true };

/** For useAnswer() where there is nothing to ask. */
export const ASK_NOTHING = () => Promise.resolve(null);

/** To ask again is of no use. @param {any} failure */
function isLasting(failure) {
  return [400, 403, 404].includes(failure.status);
}

/** @param {any} data @param {(data: any) => number} every */
function pauseAfter(data, every) {
  try {
    return every(data);
  } catch (failure) {
    if (failure instanceof TypeError) {
      // It is no answer of the service. The screen cannot draw it either, and says so.
      return 0;
    }
    throw failure;
  }
}

/**
 * Asks, and draws the component again when the answer is there.
 * @param {(signal: AbortSignal, asked: any) => Promise<any>} ask
 * @param {any[]} inputs it is asked again when one of them changes
 * @param {number | ((data: any) => number)} [every] milliseconds between an answer and the next request, perhaps by what came last; 0 for none. Nothing is asked while nobody looks
 * @returns {Answer}
 */
export function useAnswer(ask, inputs, every = 0) {
  const { needsToken } = useStore(session);
  const [state, setState] = useState(NOTHING);
  const [turn, setTurn] = useState({ asked: undefined });
  const last = useRef(/** @type {any} */ (null));
  useEffect(() => {
    if (needsToken) {
      return undefined;
    }
    const abort = new AbortController();
    let timer = 0;
    const again = () => setTurn({ asked: undefined });
    const plan = () => {
      const millis = typeof every === 'number' ? every : last.current === null ? 0 : pauseAfter(last.current, every);
      if (millis > 0) {
        timer = setTimeout(() => {
          if (document.hidden) {
            document.addEventListener('visibilitychange', again, { once: true, signal: abort.signal });
          } else {
            again();
          }
        }, millis);
      }
    };
    setState((now) => ({ ...now, isLoading: true }));
    ask(abort.signal, turn.asked).then(
      (data) => {
        if (!abort.signal.aborted) {
          last.current = data;
          setState({ data, at: serviceTime(), failure: null, isLoading: false });
          plan();
        }
      },
      (failure) => {
        if (abort.signal.aborted) {
          return;
        }
        if (failure.status === 401) {
          report(failure);
        }
        setState((now) => ({ ...now, failure: failure.status === 401 ? null : failure, isLoading: false }));
        if (!isLasting(failure)) {
          plan();
        }
      },
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [...inputs, typeof every === 'number' ? every : 0, turn, needsToken]);
  const reload = useCallback((asked) => setTurn({ asked }), []);
  return { ...state, reload };
}

/**
 * Acts when there is an outcome to tell: what is shown here may be older.
 * @param {() => void} action
 */
export function useTold(action) {
  const latest = useRef(action);
  latest.current = action;
  useEffect(() => onTold(() => latest.current()), []);
}

/**
 * @typedef {{next: () => void, said: string}} Done next: what the page does, if the component is still there; said: what came of the act, if it is not
 * @typedef {() => Promise<void | (() => void) | Done>} Act what it returns is done only if the component is still there
 */

/**
 * An act that takes a while: whether it runs, and what went wrong with it.
 * One for each kind of act: what is tried again must be what has failed.
 * @param {string} [what] the change in words; what becomes of it is told on top of the page if the component has gone meanwhile. Empty if it changes nothing
 * @returns {{isRunning: boolean, failure: any, run: (act: Act) => Promise<void>, forget: () => void}}
 */
export function useAct(what = '') {
  const [state, setState] = useState({ isRunning: false, failure: null });
  const isRunning = useRef(false);
  const isShown = useRef(true);
  useEffect(() => () => {
    isShown.current = false;
  }, []);
  const latest = useRef(what);
  latest.current = what;
  const run = useMemo(() => async (act) => {
    if (isRunning.current || isFurtherPress()) {
      return;
    }
    if (isEarlyPress()) {
      // What nobody knows of an act before stays unknown.
      setState((now) => ({ ...now, failure: isUnknown(now.failure) ? now.failure : new EarlyPress() }));
      return;
    }
    isRunning.current = true;
    const begun = latest.current;
    const { callers } = session.value;
    const ended = begun ? begin() : () => {};
    /** @param {any} failure @param {string} [said] */
    const end = (failure, said) => {
      isRunning.current = false;
      ended();
      if (failure?.status === 401) {
        report(failure);
      }
      const told = failure?.status === 401 || failure?.name === 'AbortError' ? null : failure;
      if (isShown.current) {
        setState({ isRunning: false, failure: told });
      } else if (begun && told === failure && session.value.callers === callers) {
        tell(begun, failure, said);
      }
    };
    setState((now) => ({ ...now, isRunning: true }));
    /** @type {Done} */
    let done;
    try {
      const answer = await act();
      done = typeof answer === 'object' ? answer : { next: answer ?? (() => {}), said: '' };
    } catch (failure) {
      end(failure);
      return;
    }
    end(null, done.said);
    if (isShown.current) {
      done.next();
    }
  }, []);
  const forget = useCallback(() => setState((now) => ({ ...now, failure: null })), []);
  return { ...state, run, forget };
}
