// The list of keys that a screen shows, and where somebody was in it.
import { KeyPages } from './key-pages.js';
import { useCallback, useEffect, useRef, useState } from './html.js';
import { onOtherCaller, report } from './session.js';
import { onTold } from './untold.js';

/** What was shown last, so that the way back from a key leads to the same row. */
export const kept = { id: '', /** @type {KeyPages | null} */ pages: null, active: -1, /** @type {string | undefined} */ caller: undefined, isOld: false };

onOtherCaller(() => {
  kept.pages?.close();
  Object.assign(kept, { id: '', pages: null, active: -1, caller: undefined, isOld: false });
});

/** Asks again for the list that is shown now; null if there is none. @type {(() => void) | null} */
let reloadShown = null;

/** Keys were changed here, so the list is asked for again, at once or when it is shown. */
export function outdateList() {
  kept.isOld = true;
  reloadShown?.();
}

onTold(outdateList);

/** The pages that these criteria have. The older ones stay until the new ones are there. */
export function useKeyPages(criteria, caller) {
  const [shown, setShown] = useState({ pages: kept.id === criteria.id && !kept.isOld ? kept.pages : null, failure: null, isLoading: false });
  const [version, setVersion] = useState(0);
  const asking = useRef(/** @type {KeyPages | null} */ (null));
  const isShown = useRef(true);
  /** @param {KeyPages} pages */
  const show = (pages) => {
    asking.current = pages;
    pages.onRows = () => setVersion((now) => now + 1);
    pages.onFailure = (failure) => setShown((now) => ({ ...now, failure }));
    setShown({ pages, failure: null, isLoading: false });
  };
  const load = async (fresh) => {
    if (!isShown.current) {
      return;
    }
    asking.current?.pause();
    const pages = new KeyPages(criteria);
    asking.current = pages;
    setShown((now) => ({ ...now, isLoading: true }));
    try {
      await pages.open(fresh);
      Object.assign(kept, { id: criteria.id, pages, active: kept.id === criteria.id ? kept.active : -1, isOld: false });
      show(pages);
    } catch (failure) {
      if (failure.name === 'AbortError' || asking.current !== pages) {
        return;
      }
      setShown((now) => ({ ...now, failure: failure.status === 401 ? null : failure, isLoading: false }));
      if (failure.status === 401) {
        report(failure);
      }
    }
  };
  useEffect(() => () => {
    isShown.current = false;
  }, []);
  useEffect(() => {
    // The caller is unknown at first; the same list is not asked for twice then.
    if (kept.id !== criteria.id || kept.caller !== caller || kept.isOld) {
      load(false);
      kept.caller = caller;
    } else if (kept.pages) {
      show(kept.pages);
    }
    const reload = () => load(false);
    reloadShown = reload;
    return () => {
      if (reloadShown === reload) {
        reloadShown = null;
      }
      asking.current?.pause();
    };
  }, [criteria, caller]);
  const { pages } = shown;
  return {
    ...shown,
    version,
    reload: load,
    fail: useCallback((failure) => setShown((now) => ({ ...now, failure })), []),
    row: useCallback((index) => pages?.row(index), [pages]),
    need: useCallback((from, to) => pages?.need(from, to), [pages]),
  };
}
