// The live tail of the feeds: what is stored, deleted and evicted, as it happens.
import { address } from '../base/api.js';
import { ChangeFeed } from '../base/change-feed.js';
import { logOf } from '../base/change-log.js';
import { Criteria, FILTERS } from '../base/criteria.js';
import { ndjson, save } from '../base/files.js';
import { clock, count, number, size } from '../base/formats.js';
import { html, useEffect, useMemo, useRef, useState } from '../base/html.js';
import { useKeys } from '../base/keyboard.js';
import { fragment, go, keyFragment } from '../base/router.js';
import { session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Grid, focusGrid } from '../parts/grid.js';
import { Icon } from '../parts/icons.js';
import { KeyText } from '../parts/key-text.js';
import { Notice } from '../parts/notice.js';
import { Filters, Search, focusSearch } from '../parts/search.js';

const KINDS = ['stored', 'deleted', 'evicted'];
const SIGNS = { stored: '+', deleted: '−', evicted: '!' };
/** The filters that concern a name alone; a change has nothing else. */
const OF_NAMES = FILTERS.filter((filter) => filter.name === 'app' || filter.name === 'server');

const COLUMNS = [
  { name: 'time', title: 'Time', cell: (row) => html`<time datetime=${row.at} title=${row.at}>${clock(row.at)}</time>` },
  { name: 'kind', title: 'Change', cell: (row) => html`<span class=${`change-kind ${row.kind}`}><span aria-hidden="true" class="sign">${SIGNS[row.kind]}</span>${row.kind}</span>` },
  { name: 'key', title: 'Key', cell: (row) => html`<a href=${keyFragment(row)} tabindex="-1"><${KeyText} text=${row.key} /></a>` },
  { name: 'size', title: 'Size', cell: (row) => (row.size_bytes === undefined ? '' : size(row.size_bytes)) },
  { name: 'server', title: 'Server', cell: (row) => html`<bdi>${row.server}</bdi>` },
];

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function ChangesScreen({ parameters, caller }) {
  const { stats } = useStore(session);
  const criteria = useMemo(() => new Criteria(parameters, OF_NAMES), [parameters.toString()]);
  const kinds = parameters.get('kinds')?.split(',').filter((kind) => KINDS.includes(kind)) ?? KINDS;
  const url = address('changes/events', { ...criteria.values, kinds: kinds.join(',') }).href;
  const { kept, state, failure, takeOver, restart } = useFeed(url, caller);
  const { log } = kept;
  const { rows, isPaused, missed, pause, forget } = useRows(kept);
  const [active, setActive] = useState(-1);
  useActiveRow(rows, setActive);

  const change = (changes, how) =>
    go(fragment('/changes', { ...criteria.values, kinds: parameters.get('kinds'), ...changes }), how);
  const toggle = (kind) => {
    const chosen = KINDS.filter((known) => (known === kind ? !kinds.includes(known) : kinds.includes(known)));
    change({ kinds: chosen.length === KINDS.length || chosen.length === 0 ? null : chosen.join(',') }, { replace: true });
  };
  useKeys(useMemo(() => ({
    '/': focusSearch,
    p: pause,
    ArrowDown: focusGrid,
  }), [pause]));
  const problem = failure ?? (log.problem && { ...log.problem, message: log.problem.detail });
  return html`<section class="keys changes" aria-label="Changes">
    <h1 class="unseen-title">Changes</h1>
    <div class="tools">
      <${Search} parameters=${parameters} isBad=${failure?.kind === 'invalid-pattern'}
        onSearch=${(search) => change(search, { replace: true })} onLeave=${focusGrid} />
      <fieldset class="kinds"><legend class="unseen-title">Kinds of changes</legend>
        ${KINDS.map((kind) => html`<label><input type="checkbox" checked=${kinds.includes(kind)} onChange=${() => toggle(kind)} />${kind}</label>`)}
      </fieldset>
      <${Filters} criteria=${criteria} filters=${OF_NAMES} servers=${stats?.servers.map((server) => server.address) ?? []}
        onFilter=${(name, value) => change({ [name]: value })} />
    </div>
    ${problem && html`<${Notice} failure=${problem} onRetry=${restart} />`}
    ${state === 'elsewhere' && html`<${Elsewhere} onTakeOver=${takeOver} />`}
    <${Limits} servers=${log.servers} skipped=${log.skipped()} hint=${log.hint} isOpen=${rows.length === 0} />
    <div class="summary">
      <p role="status">${status(state, isPaused, missed)}</p>
      <span class="note">${count(log.count, 'change')} · ${number(Math.round(log.rate(Date.now())))}/s</span>
      <span class="space"></span>
      <button onClick=${pause} aria-pressed=${isPaused} title="Pause (p)">${isPaused ? 'Resume' : 'Pause'}</button>
      <button onClick=${forget} disabled=${rows.length === 0}>Clear</button>
      <button onClick=${() => exportRows(rows)} disabled=${rows.length === 0}>Export</button>
    </div>
    ${rows.length === 0
      ? (state === 'live' || state === 'shared') && html`<${Quiet} hasStores=${log.servers.some((server) => server.reports.includes('stored'))} />`
      : html`<${Grid} label="Changes" columns=${COLUMNS} length=${rows.length} row=${(index) => rows[index]} need=${nothing}
          sort="" order="" onSort=${nothing} onOpen=${(row) => go(keyFragment(row))}
          active=${Math.min(active, rows.length - 1)} onActive=${setActive} version=${log.count} />`}
  </section>`;
}

function nothing() {
  // All rows are here, and have one order.
}

/** @param {import('../base/change-log.js').Change[]} rows */
function exportRows(rows) {
  const lines = rows.map(({ id, ...change }) => change);
  save(new Blob([ndjson(lines)], { type: 'application/x-ndjson' }), 'changes.ndjson');
}

/** @param {import('../base/change-feed.js').FeedState} state @param {boolean} isPaused @param {number} missed */
function status(state, isPaused, missed) {
  if (isPaused) {
    return html`<b class="stale">Paused</b> · ${count(missed, 'new change')}`;
  }
  switch (state) {
    case 'live':
      return html`<b class="live"><span aria-hidden="true">●</span> Live</b>`;
    case 'shared':
      return html`<b class="live"><span aria-hidden="true">●</span> Live</b> <span class="note">by another tab</span>`;
    case 'connecting':
      return 'Connecting…';
    default:
      return html`<b class="stale">Not followed</b>`;
  }
}

/** Nothing is followed until somebody signs in. */
const ENDED = { state: /** @type {import('../base/change-feed.js').FeedState} */ ('ended'), failure: null };

/** Follows changes while the screen is there. @param {string} url @param {string | undefined} caller */
function useFeed(url, caller) {
  const { needsToken } = useStore(session);
  const kept = useMemo(() => logOf(url), [url, caller]);
  const { log } = kept;
  const [turn, setTurn] = useState(0);
  const [, draw] = useState(0);
  const [feed, setFeed] = useState({ state: /** @type {import('../base/change-feed.js').FeedState} */ ('connecting'), failure: /** @type {any} */ (null) });
  const running = useRef(/** @type {ChangeFeed | null} */ (null));
  useEffect(() => {
    if (needsToken) {
      return undefined;
    }
    const changes = new ChangeFeed(new URL(url), {
      onEvents: (events) => {
        log.add(events, Date.now());
        draw((now) => now + 1);
      },
      onState: (state, failure) => {
        if (state === 'waiting' || state === 'elsewhere') {
          log.miss(state === 'waiting' ? 'broken' : 'elsewhere');
        }
        setFeed({ state, failure });
      },
    });
    running.current = changes;
    changes.start();
    // The rate falls even when nothing comes.
    const timer = setInterval(() => draw((now) => now + 1), 1_000);
    return () => {
      clearInterval(timer);
      changes.close();
    };
  }, [log, turn, needsToken]);
  return {
    kept,
    ...(needsToken ? ENDED : feed),
    takeOver: () => running.current?.takeOver(),
    restart: () => setTurn((now) => now + 1),
  };
}

/** The rows that are shown: those of the log, or what it had when somebody paused. @param {import('../base/change-log.js').Kept} kept */
function useRows(kept) {
  const [, draw] = useState(0);
  const { log, paused } = kept;
  const isPaused = paused !== null;
  const live = useMemo(() => log.rows(), [log, log.count, log.rows().length]);
  /** @param {import('../base/change-log.js').Kept['paused']} now */
  const pause = (now) => {
    kept.paused = now;
    draw((turn) => turn + 1);
  };
  return {
    rows: isPaused ? paused.rows : live,
    isPaused,
    missed: isPaused ? log.count - paused.count : 0,
    pause: () => pause(isPaused ? null : { rows: log.rows(), count: log.count }),
    forget: () => {
      log.clear();
      pause(isPaused ? { rows: [], count: log.count } : null);
    },
  };
}

/** The row that somebody looks at stays the same when newer ones come. @param {any[]} rows @param {(change: (now: number) => number) => void} setActive */
function useActiveRow(rows, setActive) {
  const newest = rows[0]?.id ?? 0;
  const before = useRef(newest);
  useEffect(() => {
    const came = newest - before.current;
    before.current = newest;
    setActive((now) => (now < 0 || came <= 0 ? now : now + came));
  }, [newest]);
}

/** @param {{onTakeOver: () => void}} properties */
function Elsewhere({ onTakeOver }) {
  return html`<div class="notice warn" role="status" data-state="elsewhere">
    <${Icon} name="warning" />
    <div><strong>Another tab follows other changes</strong>
      <p>A browser follows one stream, so that the service stays free for the rest.</p></div>
    <button onClick=${onTakeOver}>Follow here</button>
  </div>`;
}

/** @param {{hasStores: boolean}} properties whether any server reports what is stored */
function Quiet({ hasStores }) {
  return html`<div class="empty" data-state="quiet">
    <p><b>Nothing has changed yet.</b></p>
    <p class="note">${hasStores
      ? 'Changes appear here as the servers report them. Expiry and new lifetimes are not reported.'
      : 'No server reports what clients store: see above. Stores appear in the list of keys after the next walk.'}</p>
  </div>`;
}

/** What the feeds cannot report, and what was left out. @param {{servers: any[], skipped: string[], hint: string, isOpen: boolean}} properties */
function Limits({ servers, skipped, hint, isOpen }) {
  const partial = servers.filter((server) => server.reason);
  const silent = servers.filter((server) => server.reports.length === 0).length;
  if (partial.length === 0 && skipped.length === 0 && !hint) {
    return null;
  }
  return html`<details class="limits" open=${isOpen}>
    <summary>${skipped.length > 0 ? 'Changes are missing' : silent > 0 ? `${silent} of ${count(servers.length, 'server')} ${silent === 1 ? 'reports' : 'report'} nothing` : 'Not every change is reported'}</summary>
    <ul>
      ${skipped.map((sentence) => html`<li data-state="skipped">${sentence}</li>`)}
      ${partial.map((server) => html`<li><bdi>${server.address}</bdi> reports ${server.reports.join(', ') || 'nothing'}: <${KeyText} text=${server.reason} /></li>`)}
      ${hint && html`<li>${hint}</li>`}
    </ul>
  </details>`;
}
