// One key: what is known of it, its value if somebody asks for it, and how it is changed.
import { curl, get, keyAddress } from '../base/api.js';
import { useAnswer, useTold } from '../base/answer.js';
import { readable } from '../base/criteria.js';
import { copy } from '../base/files.js';
import { count, dayAndTime, idle, lifetime, number, size } from '../base/formats.js';
import { html, useMemo, useState } from '../base/html.js';
import { outdateList } from '../base/key-list.js';
import { useKeys } from '../base/keyboard.js';
import { back } from '../base/router.js';
import { idOf } from '../base/selection.js';
import { may, session, whyNot } from '../base/session.js';
import { useStore } from '../base/store.js';
import { textOf } from '../base/values.js';
import { DeleteKey } from '../parts/delete-key.js';
import { Icon } from '../parts/icons.js';
import { KeyText } from '../parts/key-text.js';
import { NewLifetime } from '../parts/lifetime.js';
import { Notice } from '../parts/notice.js';
import { Value } from '../parts/value.js';

function leave() {
  back('#/keys');
}

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function KeyScreen({ parameters, caller }) {
  const base64 = parameters.get('key_base64');
  const name = parameters.get('key') ?? '';
  if (!name && !base64) {
    return html`<div class="empty" data-state="no-key"><p><b>This link names no key.</b></p><a href="#/keys">Find one</a></div>`;
  }
  // Another key begins anew: nothing of the one before is shown under its name.
  return html`<${OneKey} key=${idOf({ key: name, key_base64: base64 ?? undefined })} name=${name} base64=${base64} parameters=${parameters} caller=${caller} />`;
}

/** A key that is text, without the escapes of its readable form; null if it is none. @param {{key: string, key_base64?: string}} data */
function exactName(data) {
  return data.key_base64 ? textOf(Uint8Array.from(atob(data.key_base64), (byte) => byte.charCodeAt(0))) : data.key;
}

/** @param {{name: string, base64: string | null, parameters: URLSearchParams, caller?: string}} properties */
function OneKey({ name: key, base64, parameters, caller }) {
  const { service } = useStore(session);
  const { data, at, failure, reload } = useAnswer((signal) => get(keyAddress(key, base64, '', { value: false }), signal), [key, base64, caller]);
  useTold(() => reload());
  /** What the service calls it; a link may add any name to the bytes. */
  const name = data?.key ?? (base64 ? `base64 ${base64}` : readable(key));
  /** What names it in requests, since the name that is shown may be that of another key. */
  const bytes = data?.key_base64 ?? base64;
  const [asked, setAsked] = useState(/** @type {'delete' | 'lifetime' | null} */ (null));
  const [said, setSaid] = useState('');
  const [flags, setFlags] = useState(/** @type {number | null} */ (null));
  const isChanging = data !== null && may(service, 'manage');
  useKeys(useMemo(() => ({
    Escape: leave,
    r: () => reload(),
    ...(isChanging && { Delete: () => setAsked('delete') }),
  }), [reload, isChanging]));
  /** @param {string} text @param {string} what */
  const copied = (text, what) => copy(text).then(() => setSaid(`${what} copied.`), (refusal) => setSaid(refusal.message));
  const copyKey = () => {
    const exact = exactName(data);
    return copied(exact ?? data.key, exact === null ? 'It is no text: its readable form is' : 'Key');
  };
  const changed = (text) => {
    setSaid(text);
    outdateList();
    reload();
  };
  /** A read changes how long the key is idle, and whether it was fetched. @param {number | null} known */
  const read = (known) => {
    setFlags((before) => known ?? before);
    reload();
  };
  return html`<section class="key-screen" aria-label="Key">
    <p><button class="quiet back" onClick=${leave}><${Icon} name="back" />Back</button></p>
    <h1><${KeyText} text=${name} /></h1>
    ${data && html`<div class="acts">
      <button onClick=${copyKey}>Copy key</button>
      <button onClick=${() => copied(curl(keyAddress(key, bytes, '')), 'Command')} title="A command that reads this key">Copy curl</button>
      ${isChanging
        ? html`<button onClick=${() => setAsked('lifetime')}>New lifetime…</button>
            <button class="danger" onClick=${() => setAsked('delete')}>Delete…</button>`
        : html`<span class="note">${whyNot(service, 'manage')}</span>`}
      <span class="note" role="status">${said}</span>
    </div>`}
    ${asked === 'lifetime' && isChanging && html`<${NewLifetime} name=${name} base64=${bytes} onClose=${() => setAsked(null)}
      onDone=${() => { setAsked((now) => (now === 'lifetime' ? null : now)); changed('It has a new lifetime.'); }} />`}
    ${failure && html`<${Notice} failure=${failure} dataAt=${at} onRetry=${() => reload()} />`}
    ${data && html`<${Metadata} data=${data} at=${at} flags=${data.flags ?? flags} />`}
    ${data && html`<${Value} name=${name} base64=${bytes} parameters=${parameters} onRead=${read} onChanged=${() => changed('Stored.')} />`}
    ${asked === 'delete' && isChanging && html`<${DeleteKey} name=${name} base64=${bytes}
      onClose=${() => setAsked(null)} onDeleted=${() => { setAsked(null); leave(); }} />`}
  </section>`;
}

/** @param {{data: any, at: number, flags: number | null}} properties flags: null if they are not known */
function Metadata({ data, at, flags }) {
  const expires = data.ttl_seconds === null ? null : at + data.ttl_seconds * 1000;
  const facts = [
    ['Size', `${size(data.size_bytes)}${data.size_bytes >= 1024 ? ` (${count(data.size_bytes, 'byte')})` : ''}`],
    ['TTL left', lifetime(data.ttl_seconds)],
    ['Expires', expires === null ? 'never' : dayAndTime(expires)],
    ['Idle', idle(data.last_access_seconds)],
    ['Fetched', data.fetched ? 'yes' : 'not since it was stored'],
    ['Flags', flags === null ? 'not told without a read' : number(flags)],
    ['Server', html`<bdi>${data.server}</bdi>`],
  ];
  return html`<dl class="facts">
    ${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
