// The keys of a dump, page by page, in the order of its file.
import { get } from '../base/api.js';
import { useAnswer } from '../base/answer.js';
import { DUMP_FILTERS, dumpAddress, dumpCriteria, dumpFragment } from '../base/dumps.js';
import { count, dayAndTime, idle, lifetime, number, size } from '../base/formats.js';
import { html, useMemo } from '../base/html.js';
import { useKeys } from '../base/keyboard.js';
import { go, keyFragment } from '../base/router.js';
import { KeyText } from './key-text.js';
import { Notice } from './notice.js';
import { Filters, Search, focusSearch } from './search.js';

const PAGE = 100;

/** @param {{name: string, parameters: URLSearchParams, caller?: string}} properties */
export function DumpKeys({ name, parameters, caller }) {
  const criteria = useMemo(() => dumpCriteria(parameters), [parameters.toString()]);
  const cursor = parameters.get('cursor') ?? '';
  const { data, at, failure, reload } = useAnswer(
    async (signal) => get(dumpAddress(name, 'keys/', { ...criteria.values, details: true, limit: PAGE, cursor }), signal),
    [name, criteria.id, cursor, caller]);
  useKeys(useMemo(() => ({ '/': focusSearch, r: () => reload() }), [reload]));
  /** @param {Record<string, unknown>} changes @param {{replace?: boolean}} [how] */
  const change = (changes, how) => go(dumpFragment(name, { view: 'keys', ...criteria.values, ...changes }), how);
  return html`<section aria-label="Keys of the dump">
    <div class="tools">
      <${Search} parameters=${parameters} isBad=${failure?.kind === 'invalid-pattern'} onLeave=${() => {}}
        onSearch=${(search) => change(search, { replace: true })} />
      <${Filters} criteria=${criteria} servers=${[]} filters=${DUMP_FILTERS} onFilter=${(filter, value) => change({ [filter]: value })} />
    </div>
    ${failure && html`<${Notice} failure=${failure} dataAt=${at} onRetry=${() => reload()} />`}
    ${!data && !failure && html`<p class="empty" role="status">Looking into the dump…</p>`}
    ${data && html`<${Page} page=${data} isFirst=${cursor === ''} isAll=${criteria.isAll}
      address=${(next) => dumpFragment(name, { view: 'keys', ...criteria.values, cursor: next })} />`}
  </section>`;
}

/** @param {{page: any, isFirst: boolean, isAll: boolean, address: (cursor: string | null) => string}} properties */
function Page({ page, isFirst, isAll, address }) {
  const damage = !page.valid && html`<p class="warning" data-state="damaged-keys">The dump is damaged: these are keys of what is intact.</p>`;
  if (page.keys.length === 0) {
    return html`${damage}<div class="empty" data-state="no-match"><p><b>${isFirst ? (isAll ? 'The dump is empty.' : 'No key of the dump matches.') : 'There are no more keys.'}</b></p>
      ${!isFirst && html`<p><a href=${address(null)}>First page</a></p>`}</div>`;
  }
  const all = isAll && page.total_keys !== null ? ` of ${number(page.total_keys)}` : '';
  return html`${damage}<p class="note" role="status">${count(page.keys.length, 'key')}${all} on this page${page.next_cursor === null ? ', the last' : ''}, as of ${dayAndTime(page.created_at)}</p>
    <table class="list dump-keys">
      <thead><tr><th scope="col">Key</th><th scope="col" class="count">Size</th><th scope="col" class="count">TTL left then</th><th scope="col" class="count">Idle then</th></tr></thead>
      <tbody>${page.keys.map((row) => html`<tr key=${row.key_base64 ?? row.key}>
        <td class="about"><a href=${keyFragment(row)} title="The key as it is now"><${KeyText} text=${row.key} /></a></td>
        <td class="count">${size(row.size_bytes)}</td><td class="count" data-label="TTL">${lifetime(row.ttl_seconds)}</td><td class="count" data-label="idle">${idle(row.last_access_seconds)}</td>
      </tr>`)}</tbody>
    </table>
    <nav class="acts pages" aria-label="Pages">
      ${!isFirst && html`<a class="button" href=${address(null)}>First page</a>`}
      ${page.next_cursor !== null && html`<a class="button" href=${address(page.next_cursor)}>Next page</a>`}
    </nav>`;
}
