// The list of keys.
import { Criteria, NATURAL, parseSearch, searchText } from '../base/criteria.js';
import { age, clock, count, duration, idle, lifetime, number, size } from '../base/formats.js';
import { html, useCallback, useEffect, useMemo, useRef, useState } from '../base/html.js';
import { KeyPages } from '../base/key-pages.js';
import { useKeys } from '../base/keyboard.js';
import { fragment, go } from '../base/router.js';
import { report, session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Grid } from '../parts/grid.js';
import { Icon } from '../parts/icons.js';
import { KeyText } from '../parts/key-text.js';
import { Empty, Missing } from '../parts/list-states.js';
import { Notice } from '../parts/notice.js';
import { Filters, Search } from '../parts/search.js';

/** Seconds after which a list counts as stale. */
const STALE = 120;

const COLUMNS = [
  { name: 'key', title: 'Key', sort: 'key', cell: (row) => html`<a href=${keyFragment(row)} tabindex="-1"><${KeyText} text=${row.key} /></a>` },
  { name: 'size', title: 'Size', sort: 'size', cell: (row) => size(row.size_bytes) },
  { name: 'ttl', title: 'TTL left', sort: 'ttl', cell: (row) => lifetime(row.ttl_seconds) },
  { name: 'idle', title: 'Idle', sort: 'idle', cell: (row) => idle(row.last_access_seconds) },
  { name: 'server', title: 'Server', cell: (row) => html`<bdi>${row.server}</bdi>${row.copies > 1 && html` <span class="note">+${row.copies - 1}</span>`}` },
];

/** What was shown last, so that the way back from a key leads to the same row. */
let kept = { id: '', /** @type {KeyPages | null} */ pages: null, active: -1 };

/** @param {{key: string, key_base64?: string}} row */
function keyFragment(row) {
  return fragment('/key', row.key_base64 ? { key_base64: row.key_base64, shown: row.key } : { key: row.key });
}

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function KeysScreen({ parameters, caller }) {
  const criteria = useMemo(() => new Criteria(parameters), [parameters.toString()]);
  const { stats } = useStore(session);
  const list = useKeyPages(criteria, caller);
  const { pages, failure } = list;
  const [active, setActive] = useState(kept.id === criteria.id ? kept.active : -1);
  const focusList = useRef(false);
  kept.active = active;

  useEffect(() => {
    const isFocused = document.activeElement?.classList.contains('grid');
    setActive(kept.id === criteria.id ? kept.active : isFocused ? 0 : -1);
  }, [criteria]);
  useEffect(() => {
    if (focusList.current && pages && pages.criteria.id === criteria.id) {
      focusList.current = false;
      document.querySelector('.grid')?.focus();
    }
  });
  useKeys(useMemo(() => ({
    '/': () => document.getElementById('search').select(),
    r: () => list.reload(false),
    ArrowDown: () => document.querySelector('.grid')?.focus(),
  }), [criteria]));

  const change = (changes, how) => go(fragment('/keys', { ...criteria.values, ...changes }), how);
  const search = (text) => change({ prefix: null, pattern: null, match: null, ...parseSearch(text) }, { replace: true });
  const sort = (name) => {
    const reversed = NATURAL[name] === 'asc' ? 'desc' : 'asc';
    const isReversed = criteria.sort === name && criteria.order === NATURAL[name];
    change({ sort: name === 'key' && !isReversed ? null : name, order: isReversed ? reversed : null });
  };
  const isOwn = pages !== null && pages.criteria.id === criteria.id;
  const isRefused = failure !== null && !isOwn;
  return html`<section class="keys" aria-label="Keys" aria-busy=${list.isLoading}>
    <h1 class="unseen-title">Keys</h1>
    <div class="tools">
      <${Search} text=${searchText(parameters)} isBad=${failure?.kind === 'invalid-pattern'} onText=${search}
        onLeave=${() => { focusList.current = true; setActive((now) => Math.max(0, now)); }} />
      <${Filters} criteria=${criteria} servers=${stats?.servers.map((server) => server.address) ?? []}
        onFilter=${(name, value) => change({ [name]: value })} />
    </div>
    ${failure && html`<${Notice} failure=${failure} dataAt=${isOwn ? pages.at : 0} onRetry=${() => list.reload(false)} />`}
    ${pages && !isRefused && html`<${Missing} reasons=${pages.incomplete} />`}
    ${pages && !isRefused && html`<${Summary} pages=${pages} isLoading=${list.isLoading} onWalk=${() => list.reload(true)} onReload=${() => list.reload(false)} />`}
    ${pages && !isRefused && (pages.length === 0
      ? html`<${Empty} pages=${pages} onClear=${() => go('#/keys')} />`
      : html`<${Grid} label="Keys" columns=${COLUMNS} length=${pages.length} row=${list.row} need=${list.need}
          sort=${criteria.sort} order=${criteria.order} onSort=${sort} onOpen=${(row) => go(keyFragment(row))}
          active=${Math.min(active, pages.length - 1)} onActive=${setActive} version=${list.version} />`)}
    ${!pages && !failure && html`<p class="empty" role="status">Asking for the keys…</p>`}
  </section>`;
}

/** The pages that these criteria have. The older ones stay until the new ones are there. */
function useKeyPages(criteria, caller) {
  const [shown, setShown] = useState({ pages: kept.id === criteria.id ? kept.pages : null, failure: null, isLoading: false });
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
      kept = { id: criteria.id, pages, active: kept.id === criteria.id ? kept.active : -1 };
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
    if (kept.id !== criteria.id || kept.caller !== caller) {
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
    row: useCallback((index) => pages?.row(index), [pages]),
    need: useCallback((from, to) => pages?.need(from, to), [pages]),
  };
}

/** @param {{pages: KeyPages, isLoading: boolean, onWalk: () => void, onReload: () => void}} properties */
function Summary({ pages, isLoading, onWalk, onReload }) {
  const seconds = age(pages.asOf);
  const isStale = seconds > STALE;
  const isCut = pages.length < pages.matching;
  return html`<div class="summary">
    <p role="status">
      <b>${count(pages.matching, 'key')}</b>${pages.criteria.isAll ? '' : ` of ${number(pages.total)}`}
      ${isCut && html`<span class="note"> · the first ${number(pages.length)} in this order</span>`}
      ${pages.hint && html`<span class="note"> · ${pages.hint}</span>`}
    </p>
    <span class="space"></span>
    <span class=${isStale ? 'stale' : 'note'}>as of ${clock(pages.asOf)}${isStale ? `, ${duration(seconds)} ago` : ''}</span>
    <button onClick=${onWalk} disabled=${isLoading} class=${isStale ? 'primary' : ''} title="Look at every key of every server now">Walk now</button>
    <button class="quiet" onClick=${onReload} disabled=${isLoading} aria-label="Ask again" title="Ask again (r)"><${Icon} name="refresh" /></button>
  </div>`;
}
