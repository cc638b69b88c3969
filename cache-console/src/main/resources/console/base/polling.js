// What a screen shows, asked for at once, again when something changes, and every so often.
import { useCallback, useEffect, useState } from './html.js';
import { report, session } from './session.js';
import { useStore } from './store.js';

/**
 * @typedef {object} Answer
 * @property {any} data null until there is some; it stays if a later request fails
 * @property {number} at when it came; 0 before
 * @property {any} failure of the last request; null if it worked
 * @property {boolean} isLoading
 * @property {(asked?: any) => void} reload asks again; what it is given goes to the request once
 */

const NOTHING = { data: null, at: 0, failure: null, isLoading: true };

/** To ask again is of no use. @param {any} failure */
function isLasting(failure) {
  return [400, 403, 404].includes(failure.status);
}

/**
 * Asks, and draws the component again when the answer is there.
 * @param {(signal: AbortSignal, asked: any) => Promise<any>} ask
 * @param {any[]} inputs it is asked again when one of them changes
 * @param {number} [every] milliseconds between an answer and the next request; 0 for none. Nothing is asked while nobody looks
 * @returns {Answer}
 */
export function usePolled(ask, inputs, every = 0) {
  const { needsToken } = useStore(session);
  const [state, setState] = useState(NOTHING);
  const [turn, setTurn] = useState({ asked: undefined });
  useEffect(() => {
    if (needsToken) {
      return undefined;
    }
    const abort = new AbortController();
    let timer = 0;
    const again = () => setTurn({ asked: undefined });
    const plan = () => {
      if (every > 0 && !abort.signal.aborted) {
        timer = setTimeout(() => {
          if (document.hidden) {
            document.addEventListener('visibilitychange', again, { once: true, signal: abort.signal });
          } else {
            again();
          }
        }, every);
      }
    };
    setState((now) => ({ ...now, isLoading: true }));
    ask(abort.signal, turn.asked).then(
      (data) => {
        if (!abort.signal.aborted) {
          setState({ data, at: Date.now(), failure: null, isLoading: false });
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
  }, [...inputs, every, turn, needsToken]);
  const reload = useCallback((asked) => setTurn({ asked }), []);
  return { ...state, reload };
}
