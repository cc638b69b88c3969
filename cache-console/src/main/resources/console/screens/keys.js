// The list of keys.
import { Criteria, NATURAL } from '../base/criteria.js';
import { idle, lifetime, size } from '../base/formats.js';
import { html, useEffect, useMemo, useRef, useState } from '../base/html.js';
import { kept, useKeyPages } from '../base/key-list.js';
import { useKeys } from '../base/keyboard.js';
import { fragment, go, keyFragment } from '../base/router.js';
import { clearSelection, idOf, isAll, keepSelectionOf, selection, toggle, toggleAll } from '../base/selection.js';
import { may, session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { DeleteKey } from '../parts/delete-key.js';
import { Grid, focusGrid } from '../parts/grid.js';
import { KeyText } from '../parts/key-text.js';
import { Empty, Missing } from '../parts/list-states.js';
import { Selected, Summary } from '../parts/list-summary.js';
import { Notice } from '../parts/notice.js';
import { Filters, Search, focusSearch } from '../parts/search.js';

const LEAVE_MILLIS = 20;

const COLUMNS = [
  { name: 'key', title: 'Key', sort: 'key', cell: (row) => html`<a href=${keyFragment(row)} tabindex="-1"><${KeyText} text=${row.key} /></a>` },
  { name: 'size', title: 'Size', sort: 'size', cell: (row) => size(row.size_bytes) },
  { name: 'ttl', title: 'TTL left', sort: 'ttl', cell: (row) => lifetime(row.ttl_seconds) },
  { name: 'idle', title: 'Idle', sort: 'idle', cell: (row) => idle(row.last_access_seconds) },
  { name: 'server', title: 'Server', sort: 'server', cell: (row) => html`<bdi>${row.server}</bdi>${row.copies > 1 && html` <span class="note">+${row.copies - 1}</span>`}` },
];

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function KeysScreen({ parameters, caller }) {
  const criteria = useMemo(() => new Criteria(parameters), [parameters.toString()]);
  const { service, stats } = useStore(session);
  const selected = useStore(selection);
  const list = useKeyPages(criteria, caller);
  const { pages, failure } = list;
  const [active, setActive] = useState(kept.id === criteria.id ? kept.active : -1);
  const [deleting, setDeleting] = useState(null);
  const focusList = useRef(false);
  const [, setLeaving] = useState(0);
  kept.active = active;

  useEffect(() => keepSelectionOf(criteria), [criteria]);
  useEffect(() => {
    const isFocused = document.activeElement?.classList.contains('grid');
    setActive(kept.id === criteria.id ? kept.active : isFocused ? 0 : -1);
  }, [criteria]);
  useEffect(() => {
    if (focusList.current && pages && pages.criteria.id === criteria.id) {
      focusList.current = false;
      // Who types again meanwhile goes on typing.
      if (document.activeElement === document.body) {
        focusGrid();
      }
    }
  });
  useKeys(useMemo(() => ({
    '/': focusSearch,
    r: () => list.reload(false),
    ArrowDown: focusGrid,
    Escape: clearSelection,
    Delete: () => {
      if (!may(service, 'manage')) {
        return;
      }
      if (selected.rows.size > 0 || selected.criteria) {
        changeSelected('delete');
      } else if (pages?.criteria.id === criteria.id && pages.row(active)) {
        setDeleting(pages.row(active));
      }
    },
  }), [criteria, service, selected, pages, active]));

  /** @param {string} action */
  const changeSelected = (action) =>
    go(fragment('/change', selected.criteria ? { action, ...selected.criteria.filter } : { action, selected: true }));
  const choice = useMemo(() => pages && {
    isChosen: (row) => selected.criteria !== null || selected.rows.has(idOf(row)),
    isOff: pages.criteria.filterId !== criteria.filterId,
    onChoose: (row) => toggle(row, pages),
    // A failure is shown where those of the list are.
    onChooseAll: () => toggleAll(pages).catch(list.fail),
    state: isAll(selected, pages.matching) ? 'all' : selected.rows.size > 0 ? 'some' : 'none',
  }, [selected, pages, criteria]);

  const leave = () => {
    focusList.current = true;
    /** @type {HTMLElement} */ (document.activeElement).blur();
    setActive((now) => Math.max(0, now));
    // After the search, which may show another list.
    setTimeout(() => setLeaving((now) => now + 1), LEAVE_MILLIS);
  };
  const change = (changes, how) => go(fragment('/keys', { ...criteria.values, ...changes }), how);
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
      <${Search} parameters=${parameters} isBad=${failure?.kind === 'invalid-pattern'}
        onSearch=${(search) => change(search, { replace: true })} onLeave=${leave} />
      <${Filters} criteria=${criteria} servers=${stats?.servers.map((server) => server.address) ?? []}
        onFilter=${(name, value) => change({ [name]: value })} />
    </div>
    ${failure && html`<${Notice} failure=${failure} dataAt=${isOwn ? pages.at : 0} onRetry=${() => list.reload(false)} />`}
    ${pages && !isRefused && html`<${Missing} reasons=${pages.incomplete} />`}
    ${pages && !isRefused && html`<${Summary} pages=${pages} isLoading=${list.isLoading} onWalk=${() => list.reload(true)} onReload=${() => list.reload(false)} />`}
    ${pages && !isRefused && html`<${Selected} matching=${pages.matching} onChange=${changeSelected} />`}
    ${pages && !isRefused && (pages.length === 0
      ? html`<${Empty} pages=${pages} onClear=${() => go('#/keys')} />`
      : html`<${Grid} label="Keys" columns=${COLUMNS} length=${pages.length} row=${list.row} need=${list.need}
          sort=${criteria.sort} order=${criteria.order} onSort=${sort} onOpen=${(row) => go(keyFragment(row))}
          active=${Math.min(active, pages.length - 1)} onActive=${setActive} version=${list.version} choice=${choice} />`)}
    ${!pages && !failure && html`<p class="empty" role="status">Asking for the keys…</p>`}
    ${deleting && html`<${DeleteKey} name=${deleting.key} base64=${deleting.key_base64 ?? null}
      onClose=${() => setDeleting(null)} onDeleted=${() => setDeleting(null)} />`}
  </section>`;
}

