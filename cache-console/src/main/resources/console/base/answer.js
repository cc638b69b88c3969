// What a component knows of the service, and how it asks again.
import { Problem } from './api.js';
import { useEffect, useMemo, useState } from './html.js';
import { report } from './session.js';

/**
 * Asks once, again when one of the inputs changes, and, if wanted, again and again.
 * @param {(signal: AbortSignal) => Promise<any>} ask
 * @param {any[]} inputs
 * @param {(data: any) => number} [wait] milliseconds until it is asked again while somebody looks; 0 for never
 * @returns {[{data: any, at: number} | null, any, () => void]} what came last and when, what went wrong since, and what asks again
 */
export function useAnswer(ask, inputs, wait = () => 0) {
  const [state, setState] = useState({ known: null, failure: null });
  const [turn, setTurn] = useState(0);
  const reload = useMemo(() => () => setTurn((now) => now + 1), []);
  useEffect(() => {
    const abort = new AbortController();
    let timer = 0;
    /** @param {any} data */
    const follow = (data) => {
      const millis = wait(data);
      if (millis > 0 && !abort.signal.aborted) {
        timer = setTimeout(() => (document.hidden ? follow(data) : reload()), millis);
      }
    };
    ask(abort.signal).then(
      (data) => {
        setState({ known: { data, at: Date.now() }, failure: null });
        follow(data);
      },
      (failure) => {
        if (failure instanceof Problem && failure.status === 401) {
          report(failure);
        } else if (failure.name !== 'AbortError') {
          setState((now) => ({ ...now, failure }));
        }
      },
    );
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [...inputs, turn]);
  return [state.known, state.failure, reload];
}

/**
 * An act that takes a while: whether it runs, and what went wrong with it.
 * @returns {{isRunning: boolean, failure: any, run: (act: () => Promise<void>) => Promise<void>}}
 */
export function useAct() {
  const [state, setState] = useState({ isRunning: false, failure: null });
  const run = useMemo(() => async (act) => {
    setState((now) => ({ ...now, isRunning: true }));
    try {
      await act();
      setState({ isRunning: false, failure: null });
    } catch (failure) {
      if (failure.status === 401) {
        report(failure);
      }
      setState({ isRunning: false, failure: failure.status === 401 || failure.name === 'AbortError' ? null : failure });
    }
  }, []);
  return { ...state, run };
}
