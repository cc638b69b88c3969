// The list of keys that a screen shows, and where somebody was in it.
import { KeyPages } from './key-pages.js';
import { useCallback, useEffect, useRef, useState } from './html.js';
import { onOtherCaller, report } from './session.js';

/** What was shown last, so that the way back from a key leads to the same row. */
export const kept = { id: '', /** @type {KeyPages | null} */ pages: null, active: -1, /** @type {string | undefined} */ caller: undefined, isOld: false };

onOtherCaller(() => {
  kept.pages?.close();
  Object.assign(kept, { id: '', pages: null, active: -1, caller: undefined, isOld: false });
});

/** Keys were changed here, so the list is asked for again when it is shown. */
export function outdateList() {
  kept.isOld = true;
}

/** The pages that these criteria have. The older ones stay until the new ones are there. */
export function useKeyPages(criteria, caller) {
  const [shown, setShown] = useState({ pages: kept.id === criteria.id && !kept.isOld ? kept.pages : null, failure: null, isLoading: false });
  const [version, setVersion] = useState(0);
  const opening = useRef(/** @type {KeyPages | null} */ (null));
  const load = async (fresh) => {
    opening.current?.close();
    const pages = new KeyPages(criteria);
    opening.current = pages;
    setShown((now) => ({ ...now, isLoading: true }));
    try {
      await pages.open(fresh);
      pages.onRows = () => setVersion((now) => now + 1);
      pages.onFailure = (failure) => setShown((now) => ({ ...now, failure }));
      Object.assign(kept, { id: criteria.id, pages, active: kept.id === criteria.id ? kept.active : -1, isOld: false });
      setShown({ pages, failure: null, isLoading: false });
    } catch (failure) {
      if (failure.name === 'AbortError' || opening.current !== pages) {
        return;
      }
      setShown((now) => ({ ...now, failure: failure.status === 401 ? null : failure, isLoading: false }));
      if (failure.status === 401) {
        report(failure);
      }
    }
  };
  useEffect(() => {
    // The caller is unknown at first; the same list is not asked for twice then.
    if (kept.id !== criteria.id || kept.caller !== caller || kept.isOld) {
      load(false);
      kept.caller = caller;
    } else if (kept.pages) {
      kept.pages.onRows = () => setVersion((now) => now + 1);
    }
    return () => opening.current?.close();
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
