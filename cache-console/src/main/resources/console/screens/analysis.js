// What keys are like as a whole: which are large, old, unused, about to expire.
import { address, get } from '../base/api.js';
import { Criteria } from '../base/criteria.js';
import { count, lifetime, number, percent, size } from '../base/formats.js';
import { appGroups, idleGroups, minuteGroups, narrow, sizeGroups, ttlGroups } from '../base/groups.js';
import { html, useMemo } from '../base/html.js';
import { useKeys } from '../base/keyboard.js';
import { useAnswer } from '../base/answer.js';
import { fragment, go, keyFragment } from '../base/router.js';
import { session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Bars, Minutes } from '../parts/bars.js';
import { Freshness } from '../parts/freshness.js';
import { KeyText } from '../parts/key-text.js';
import { Missing } from '../parts/list-states.js';
import { Notice } from '../parts/notice.js';
import { Filters, Search, focusSearch } from '../parts/search.js';
import { Waiting } from '../parts/waiting.js';

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function AnalysisScreen({ parameters, caller }) {
  const criteria = useMemo(() => new Criteria(unsorted(parameters)), [parameters.toString()]);
  if (caller === undefined) {
    return html`<${Waiting} what="the analysis" />`;
  }
  // Another caller begins anew: what the one before saw is not for it.
  return html`<${Whole} key=${caller} criteria=${criteria} parameters=${parameters} />`;
}

/** A whole has no order. @param {URLSearchParams} parameters */
function unsorted(parameters) {
  const rest = new URLSearchParams(parameters);
  rest.delete('sort');
  rest.delete('order');
  return rest;
}

/** @param {{criteria: Criteria, parameters: URLSearchParams}} properties */
function Whole({ criteria, parameters }) {
  const { stats } = useStore(session);
  const by = parameters.get('by') === 'bytes' ? 'bytes' : 'keys';
  const { data, at, failure, isLoading, reload } = useAnswer(
    (signal, fresh) => get(address('analysis/', { ...criteria.values, fresh: fresh || undefined }), signal).then((answer) => ({ answer, id: criteria.id })),
    [criteria.id],
  );
  useKeys(useMemo(() => ({ '/': focusSearch, r: () => reload() }), [reload]));
  /** @param {Record<string, unknown>} changes */
  const change = (changes) => go(fragment('/analysis', { ...criteria.values, by: by === 'keys' ? null : by, ...changes }), { replace: true });
  // What was refused has no answer; what is shown would be of another question.
  const isShown = data && !(failure && data.id !== criteria.id);
  return html`<section class="analysis" aria-label="Analysis" aria-busy=${isLoading}>
    <h1 class="unseen-title">Analysis</h1>
    <div class="tools">
      <${Search} parameters=${parameters} isBad=${failure?.kind === 'invalid-pattern'} onSearch=${change}
        onLeave=${() => document.getElementById('main').focus()} />
      <${Filters} criteria=${criteria} servers=${stats?.servers.map((server) => server.address) ?? []} onFilter=${(name, value) => change({ [name]: value })} />
    </div>
    ${failure && html`<${Notice} failure=${failure} dataAt=${isShown ? at : 0} onRetry=${() => reload()} />`}
    ${isShown && html`<${Missing} reasons=${data.answer.incomplete ?? []} />
      <div class="summary">
        <p role="status"><b>${count(data.answer.totals.keys, 'key')}</b> · ${size(data.answer.totals.bytes)}</p>
        <span class="note">Bars show</span>
        <div class="segments" role="group" aria-label="What bars measure">
          <button aria-pressed=${by === 'keys'} onClick=${() => change({ by: null })}>Keys</button>
          <button aria-pressed=${by === 'bytes'} onClick=${() => change({ by: 'bytes' })}>Size</button>
        </div>
        <span class="space"></span>
        <${Freshness} asOf=${data.answer.as_of} isLoading=${isLoading} onWalk=${() => reload(true)} onReload=${() => reload()} />
      </div>
      ${data.answer.totals.keys === 0 ? html`<${Empty} answer=${data.answer} isAll=${criteria.isAll} />` : html`<${Charts} answer=${data.answer} by=${by} criteria=${criteria} />`}`}
    ${!data && !failure && html`<p class="empty" role="status">Asking for the analysis…</p>`}
  </section>`;
}

/** @param {{answer: any, by: 'keys' | 'bytes', criteria: Criteria}} properties */
function Charts({ answer, by, criteria }) {
  /** @param {Record<string, unknown>} filter */
  const to = (filter) => fragment('/keys', narrow(criteria.values, filter));
  return html`<${Totals} answer=${answer} to=${to} />
    <div class="charts">
      <${Bars} title="Largest apps" head="App" by=${by} to=${to} groups=${appGroups(by === 'bytes' ? answer.top_apps_by_bytes : answer.top_apps_by_count)} />
      <${Largest} keys=${answer.top_keys_by_bytes} more=${fragment('/keys', { ...criteria.values, sort: 'size' })} />
      <${Bars} title="Time to live" head="Left" by=${by} to=${to} groups=${ttlGroups(answer.ttl)} />
      <${Bars} title="Idle time" head="Not used for" by=${by} to=${to} groups=${idleGroups(answer.idle)} />
      <${Bars} title="Size of items" head="Size" by=${by} to=${to} groups=${sizeGroups(answer.sizes)} />
      <${Minutes} title="Expiry per minute" by=${by} to=${to} groups=${minuteGroups(answer.expiring_by_minute)} />
    </div>`;
}

/** @param {{answer: any, to: (filter: any) => string}} properties */
function Totals({ answer, to }) {
  const { totals, never_fetched: unused, on_several_servers: several } = answer;
  const part = (keys) => percent(keys / totals.keys);
  const tiles = [
    ['Keys', number(totals.keys), size(totals.bytes), {}],
    ['Average item', size(totals.bytes / totals.keys), 'key, value and header', null],
    ['Never expire', number(totals.never_expire), part(totals.never_expire), { no_ttl: true }],
    ['Never fetched', number(unused.keys), `${part(unused.keys)} · ${size(unused.bytes)}`, { never_fetched: true }],
    ['On several servers', number(several.keys), several.keys === 0 ? 'each key is on one' : size(several.bytes), null],
  ];
  return html`<dl class="glance">
    ${tiles.map(([name, value, note, filter]) => html`<div data-tile=${name}><dt>${name}</dt>
      <dd><b>${filter ? html`<a href=${to(filter)}>${value}</a>` : value}</b><span class="note">${note}</span></dd></div>`)}
  </dl>`;
}

/** @param {{keys: any[], more: string}} properties */
function Largest({ keys, more }) {
  const most = keys[0]?.size_bytes ?? 0;
  return html`<section class="chart" aria-label="Largest keys">
    <h2>Largest keys</h2>
    <table class="bars">
      <thead><tr><th scope="col">Key</th><td class="bar-cell"></td><th scope="col" class="number">TTL left</th><th scope="col" class="number">Size</th></tr></thead>
      <tbody>
        ${keys.map((row) => html`<tr>
          <th scope="row" class="mono"><a href=${keyFragment(row)}><${KeyText} text=${row.key} /></a></th>
          <td class="bar-cell"><span class="bar-line" style=${{ width: `${(row.size_bytes / most) * 100}%` }}></span></td>
          <td class="number">${lifetime(row.ttl_seconds)}</td>
          <td class="number">${size(row.size_bytes)}</td>
        </tr>`)}
      </tbody>
    </table>
    <p class="note"><a href=${more}>All, largest first</a></p>
  </section>`;
}

/** @param {{answer: any, isAll: boolean}} properties */
function Empty({ answer, isAll }) {
  if (!answer.complete) {
    return html`<div class="empty" data-state="unknown"><p><b>No key is known.</b></p><p class="note">That does not mean that there is none: see above.</p></div>`;
  }
  return isAll
    ? html`<div class="empty" data-state="empty"><p><b>The cache is empty.</b></p><p class="note">Keys appear here when an application stores some.</p></div>`
    : html`<div class="empty" data-state="no-match"><p><b>No key matches.</b></p><a href="#/analysis">Analyse all keys</a></div>`;
}
