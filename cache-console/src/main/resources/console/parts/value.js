// The value of a key, read only when somebody says so: a read counts as a hit and keeps the item longer.
import { Unreachable, base64Of, get, getBytes, keyAddress } from '../base/api.js';
import { ASK_NOTHING, useAct, useAnswer, useTold } from '../base/answer.js';
import { copy, nameOf, save } from '../base/files.js';
import { count, number } from '../base/formats.js';
import { html, useEffect, useRef, useState } from '../base/html.js';
import { showsValues } from '../base/preferences.js';
import { fragment, go } from '../base/router.js';
import { idOf } from '../base/selection.js';
import { may, onOtherCaller, session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { readForEditing, textOf } from '../base/values.js';
import { Editor } from './editor.js';
import { JsonTree } from './json-tree.js';
import { Lines } from './lines.js';
import { Notice } from './notice.js';

const WINDOW = 65_536;

/** What the service can show, and what it is called. */
const VIEWS = [
  ['auto', 'as it seems best'],
  ['text', 'text'],
  ['json', 'JSON'],
  ['hex', 'hex and ASCII'],
  ['integer', 'integer'],
  ['time', 'time'],
  ['msgpack', 'MessagePack'],
  ['php', 'PHP'],
  ['igbinary', 'igbinary'],
  ['pickle', 'pickle'],
  ['java', 'Java'],
  ['ruby', 'Ruby'],
];

/** What somebody was editing when the screen was left; it is there again when they come back. */
const NO_DRAFT = { id: '', /** @type {import('../base/values.js').Edited | null} */ edited: null };
let draft = NO_DRAFT;
/** What is being stored: nobody goes on with it meanwhile. @type {Set<import('../base/values.js').Edited | null>} */
const sending = new Set();

onOtherCaller(() => {
  draft = NO_DRAFT;
});

// Another page, or none.
addEventListener('beforeunload', (event) => draft.edited && event.preventDefault());

/** @param {{name: string, base64: string | null, parameters: URLSearchParams, onRead: (flags: number | null) => void, onChanged: () => void}} properties onRead: called with the flags, if they are known, when the server has counted a read */
export function Value({ name, base64, parameters, onRead, onChanged }) {
  const { service } = useStore(session);
  const decode = parameters.get('decode') ?? 'auto';
  const offset = parameters.get('offset') ?? 0;
  const [isAsked, setAsked] = useState(false);
  const id = idOf({ key: name, key_base64: base64 ?? undefined });
  const [edited, setEdited] = useState(draft.id === id && !sending.has(draft.edited) ? draft.edited : null);
  /** @param {import('../base/values.js').Edited | null} now */
  const keep = (now) => {
    draft = { id, edited: now };
    setEdited(now);
  };
  const [said, setSaid] = useState('');
  const { isRunning, failure, run } = useAct();
  const last = useRef(/** @type {() => Promise<void | (() => void)>} */ (() => Promise.resolve()));
  const isWanted = isAsked || (showsValues(service) && service.may_read_values);
  const read = useAnswer(isWanted ? (signal) => get(keyAddress(name, base64, 'view', { decode, offset, limit: WINDOW }), signal) : ASK_NOTHING, [isWanted, decode, offset]);
  const shown = read.data;
  useEffect(() => {
    if (shown) {
      onRead(shown.flags);
    }
  }, [shown]);
  const wanted = useRef(false);
  wanted.current = isWanted;
  const readAgain = () => {
    if (wanted.current) {
      read.reload();
    }
  };
  useTold(() => {
    readAgain();
    if (draft.id === id && !sending.has(draft.edited)) {
      // What could not be stored.
      setEdited(draft.edited);
    }
  });
  /** @param {() => Promise<void | (() => void)>} action */
  const act = (action) => run(() => {
    last.current = action;
    return action();
  });
  if (service && !service.may_read_values) {
    return html`<p class="note">Your role, ${service.role}, does not include values.</p>`;
  }
  /** @param {{decode?: string | null, offset?: number | null}} changes */
  const change = (changes) => go(fragment('/key', { ...Object.fromEntries(parameters), ...changes }), { replace: true });
  const copyValue = () => act(async () => {
    const { bytes } = await getBytes(keyAddress(name, base64, 'raw'));
    onRead(null);
    const text = textOf(bytes);
    await copy(text ?? base64Of(bytes));
    setSaid(text === null ? 'The bytes were copied in base64.' : 'Value copied.');
  });
  const download = () => act(async () => {
    const { bytes, headers } = await getBytes(keyAddress(name, base64, 'raw'));
    onRead(null);
    save(new Blob([bytes], { type: 'application/octet-stream' }), nameOf(headers));
  });
  const edit = () => act(async () => {
    const read = await readForEditing(name, base64);
    return () => {
      keep(read);
      onRead(null);
    };
  });
  /** @param {import('../base/values.js').Edited} sent @param {() => Promise<any>} request */
  const store = async (sent, request) => {
    sending.add(sent);
    // Somebody may go on meanwhile, and edit another value.
    const isDraft = () => draft.edited === sent;
    try {
      await request();
      if (isDraft()) {
        draft = NO_DRAFT;
      }
    } catch (refusal) {
      if (refusal instanceof Unreachable && isDraft()) {
        keep({ ...sent, isUnsure: true });
      }
      throw refusal;
    } finally {
      sending.delete(sent);
    }
  };
  const stored = () => {
    setEdited(null);
    onChanged();
    readAgain();
  };
  const isHidden = shown?.content === null;
  return html`<h2>Value</h2>
    <div class="acts">
      ${!shown && html`<button class="primary" onClick=${() => (isAsked ? read.reload() : setAsked(true))} disabled=${isWanted && read.isLoading}>Show value</button>`}
      ${shown && !isHidden && html`<${ViewChoice} key=${decode} decode=${decode} onChoose=${(view) => change({ decode: view === 'auto' ? null : view, offset: null })} />
        <button onClick=${copyValue}>Copy value</button>`}
      ${!isHidden && html`<button onClick=${download} disabled=${isRunning}>Download</button>`}
      ${may(service, 'manage') && !edited && !isHidden && html`<button onClick=${edit} disabled=${isRunning}>Edit…</button>`}
      <span class="note" role="status">${said}</span>
    </div>
    ${!shown && html`<p class="note">Reading it counts as a hit, and the server keeps the item longer. All above was found out without that.</p>`}
    ${failure && html`<${Notice} failure=${failure} onRetry=${() => run(last.current)} />`}
    ${read.failure && html`<${Notice} failure=${read.failure} dataAt=${shown ? read.at : 0} onRetry=${() => read.reload()} />`}
    ${edited && html`<${Editor} name=${name} base64=${base64} edited=${edited} onEdit=${keep} onStore=${store} onStored=${stored} onClose=${() => keep(null)} />`}
    ${shown && html`<${View} view=${shown} onWindow=${(from) => change({ offset: from || null })} />`}`;
}

/** @param {{decode: string, onChoose: (view: string) => void}} properties */
function ViewChoice({ decode, onChoose }) {
  const isOther = !VIEWS.some(([view]) => view === decode);
  const [isTyping, setTyping] = useState(isOther);
  const [chain, setChain] = useState(isOther ? decode : '');
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    onChoose(chain.trim() || 'auto');
  };
  return html`<label>Show <select value=${isTyping ? 'chain' : decode}
      onChange=${(event) => { setTyping(event.target.value === 'chain'); if (event.target.value !== 'chain') { onChoose(event.target.value); } }}>
      ${VIEWS.map(([view, title]) => html`<option value=${view}>${title}</option>`)}
      <option value="chain">decoders…</option>
    </select></label>
    ${isTyping && html`<form class="chain" onSubmit=${submit}>
      <input aria-label="Decoders, joined by commas" placeholder="base64,gzip,json" value=${chain} size="18"
        autocomplete="off" spellcheck=${false} onInput=${(event) => setChain(event.target.value)} />
      <button>Decode</button>
    </form>`}`;
}

/** @param {{view: any, onWindow: (offset: number) => void}} properties */
function View({ view, onWindow }) {
  const [isTree, setTree] = useState(true);
  if (view.content === null) {
    return html`<p class="note">The value is hidden from everybody (CACHE_HIDE_VALUES).</p>`;
  }
  const isJson = view.format === 'json';
  const end = view.offset + view.content.length;
  return html`<ol class="chain-steps" aria-label="How the value was decoded">
      ${view.steps.map((step) => html`<li><b>${step.decoder}</b> <span class="note"><${Lines} text=${step.reason} /> · ${count(step.bytes, 'byte')}</span></li>`)}
      <li><b>${view.format}</b></li>
    </ol>
    ${view.notes.map((note) => html`<p class="note"><${Lines} text=${note} /></p>`)}
    ${isJson && html`<div class="acts"><button aria-pressed=${isTree} onClick=${() => setTree(true)}>Tree</button><button aria-pressed=${!isTree} onClick=${() => setTree(false)}>Text</button></div>`}
    <div class=${`value ${view.format}`} tabindex="0" role="region" aria-label="Value">
      ${isJson && isTree ? html`<${JsonTree} key=${`${view.offset}`} text=${view.content} />` : html`<pre><${Lines} text=${view.content} /></pre>`}
    </div>
    ${(view.offset > 0 || view.truncated) && html`<div class="acts windows">
      <button disabled=${view.offset === 0} onClick=${() => onWindow(Math.max(0, view.offset - WINDOW))}>Before</button>
      <span class="note" role="status">characters ${number(view.offset + 1)} to ${number(end)} of ${number(view.length)}</span>
      <button disabled=${!view.truncated || end >= view.length} onClick=${() => onWindow(end)}>After</button>
    </div>`}`;
}
