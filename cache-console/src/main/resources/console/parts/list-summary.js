// What stands above a list: how many keys it has, of what time, and what can be done with them.
import { count, number, size } from '../base/formats.js';
import { html, useEffect, useRef, useState } from '../base/html.js';
import { onEscape } from '../base/keyboard.js';
import { exportList, exportRows, FORMATS } from '../base/key-export.js';
import { save } from '../base/files.js';
import { clearSelection, MOST_SELECTED, selection } from '../base/selection.js';
import { may, session, whyNot } from '../base/session.js';
import { useAct } from '../base/answer.js';
import { useStore } from '../base/store.js';
import { Freshness } from './freshness.js';
import { KeyText } from './key-text.js';
import { Notice } from './notice.js';

/** @param {{pages: import('../base/key-pages.js').KeyPages, isLoading: boolean, onWalk: () => void, onReload: () => void}} properties */
export function Summary({ pages, isLoading, onWalk, onReload }) {
  const isCut = pages.length < pages.matching;
  return html`<div class="summary">
    <p role="status">
      <b>${count(pages.matching, 'key')}</b>${pages.criteria.isAll ? '' : ` of ${number(pages.total)}`}
      ${isCut && html`<span class="note"> · the first ${number(pages.length)} in this order</span>`}
      ${pages.hint && html`<span class="note"> · <${KeyText} text=${pages.hint} /></span>`}
    </p>
    <span class="space"></span>
    <${Freshness} asOf=${pages.asOf} isLoading=${isLoading} onWalk=${onWalk} onReload=${onReload} />
    <${ExportMenu} pages=${pages} />
  </div>`;
}

/** Saves the selected keys, or all of the list. @param {{pages: import('../base/key-pages.js').KeyPages}} properties */
function ExportMenu({ pages }) {
  const { rows, criteria } = useStore(selection);
  const { isRunning, failure, run } = useAct();
  const [said, setSaid] = useState('');
  /** What the last export was of: somebody may look at another list by then. */
  const [exported, setExported] = useState('');
  const menu = useRef(null);
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);
  const isOfRows = rows.size > 0 && !criteria;
  /** @param {keyof typeof FORMATS} format */
  const start = (format) => run(async () => {
    menu.current.open = false;
    const name = `keys.${format}`;
    if (isOfRows) {
      save(exportRows([...rows.values()], format), name);
      setExported('');
      setSaid(`${count(rows.size, 'key')} exported.`);
      return;
    }
    abort.current = new AbortController();
    setExported(pages.criteria.filterId);
    setSaid('Exporting…');
    const { content, keys, matching } = await exportList(pages.criteria, format, {
      signal: abort.current.signal,
      onProgress: (done, all) => setSaid(`Exporting ${number(done)} of ${count(all, 'key')}…`),
    }).catch((failure) => {
      if (failure.name !== 'AbortError') {
        setSaid('');
      }
      throw failure;
    });
    save(content, name);
    setSaid(keys < matching
      ? `The file has the first ${number(keys)} of ${count(matching, 'key')} only: a browser keeps no larger one in memory. cache keys -o ${format} writes them all.`
      : `${count(keys, 'key')} exported.`);
  });
  const stop = () => {
    abort.current.abort();
    setSaid('The export was stopped.');
  };
  return html`<details class="menu export" ref=${menu}
      onKeyDown=${onEscape(() => menu.current.removeAttribute('open'))}
      onFocusOut=${(event) => !event.currentTarget.contains(event.relatedTarget) && event.currentTarget.removeAttribute('open')}>
      <summary class="button">Export</summary>
      <div class="panel">
        <p class="note">${isOfRows ? count(rows.size, 'selected key') : count(pages.matching, 'key')}, without values</p>
        ${Object.entries(FORMATS).map(([format, { title }]) => html`<button disabled=${isRunning} onClick=${() => start(/** @type {keyof typeof FORMATS} */ (format))}>${title}</button>`)}
      </div>
    </details>
    ${said && html`<p class="note exported" role="status">${said}${exported && exported !== pages.criteria.filterId && ' It is of another list than this one.'}${isRunning && html` <button onClick=${stop}>Stop</button>`}</p>`}
    ${failure && html`<${Notice} failure=${failure} onRetry=${() => menu.current.setAttribute('open', '')} />`}`;
}

/** What is selected, and what can be done with it. @param {{matching: number, onChange: (action: string) => void}} properties */
export function Selected({ matching, onChange }) {
  const { service } = useStore(session);
  const { rows, criteria, isFull } = useStore(selection);
  if (rows.size === 0 && !criteria) {
    return null;
  }
  const bytes = [...rows.values()].reduce((sum, row) => sum + row.size_bytes, 0);
  return html`<div class="selected">
    <p role="status">
      ${criteria
        ? html`<b>All ${count(matching, 'key')}</b> of this list <span class="note">by its filter, at the time of the change</span>`
        : html`<b>${number(rows.size)} selected</b> <span class="note">${size(bytes)}</span>`}
      ${isFull && html` <span class="failure">At most ${number(MOST_SELECTED)} keys. For more, filter the list and select all of it.</span>`}
    </p>
    ${may(service, 'manage')
      ? html`<button class="danger" onClick=${() => onChange('delete')}>Delete…</button>
          <button onClick=${() => onChange('refresh')}>New lifetime…</button>`
      : html`<span class="note">${whyNot(service, 'manage')}</span>`}
    <button class="quiet" onClick=${clearSelection}>Clear</button>
  </div>`;
}
