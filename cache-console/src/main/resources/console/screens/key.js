// One key: what is known of it, and its value if somebody asks for it.
import { Problem, get, keyAddress } from '../base/api.js';
import { count, dayAndTime, idle, lifetime, number, size } from '../base/formats.js';
import { html, useEffect, useMemo, useState } from '../base/html.js';
import { useKeys } from '../base/keyboard.js';
import { report, session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Icon } from '../parts/icons.js';
import { KeyText } from '../parts/key-text.js';
import { Notice } from '../parts/notice.js';

function back() {
  if (history.length > 1) {
    history.back();
  } else {
    location.hash = '#/keys';
  }
}

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function KeyScreen({ parameters, caller }) {
  const base64 = parameters.get('key_base64');
  const name = parameters.get('key') ?? parameters.get('shown') ?? '';
  // Another key begins anew: nothing of the one before is shown under its name.
  return html`<${OneKey} key=${`${base64} ${name}`} name=${name} base64=${base64} caller=${caller} />`;
}

/** @param {{name: string, base64: string | null, caller?: string}} properties */
function OneKey({ name: key, base64, caller }) {
  const [known, failure, reload] = useAnswer((signal) => get(keyAddress(key, base64, '', { value: false }), signal), [key, base64, caller]);
  useKeys(useMemo(() => ({ Escape: back, r: reload }), [reload]));
  return html`<section class="key" aria-label="Key">
    <p><button class="quiet back" onClick=${back}><${Icon} name="back" />Keys</button></p>
    <h1><${KeyText} text=${known?.data.key ?? key} /></h1>
    ${failure && html`<${Notice} failure=${failure} dataAt=${known?.at ?? 0} onRetry=${reload} />`}
    ${known && html`<${Metadata} data=${known.data} at=${known.at} />`}
    ${known && html`<${Value} name=${key} base64=${base64} />`}
  </section>`;
}

/** Asks once, and again when one of these changes. @param {(signal: AbortSignal) => Promise<any>} ask @param {any[]} inputs */
function useAnswer(ask, inputs) {
  const [state, setState] = useState({ known: null, failure: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    const abort = new AbortController();
    ask(abort.signal).then(
      (data) => setState({ known: { data, at: Date.now() }, failure: null }),
      (failure) => {
        if (failure instanceof Problem && failure.status === 401) {
          report(failure);
        } else if (failure.name !== 'AbortError') {
          setState((now) => ({ ...now, failure }));
        }
      },
    );
    return () => abort.abort();
  }, [...inputs, turn]);
  const reload = useMemo(() => () => setTurn((now) => now + 1), []);
  return [state.known, state.failure, reload];
}

/** @param {{data: any, at: number}} properties */
function Metadata({ data, at }) {
  const expires = data.ttl_seconds === null ? null : at + data.ttl_seconds * 1000;
  const facts = [
    ['Size', `${size(data.size_bytes)}${data.size_bytes >= 1024 ? ` (${count(data.size_bytes, 'byte')})` : ''}`],
    ['TTL left', lifetime(data.ttl_seconds)],
    ['Expires', expires === null ? 'never' : dayAndTime(expires)],
    ['Idle', idle(data.last_access_seconds)],
    ['Fetched', data.fetched ? 'yes' : 'not since it was stored'],
    ['Flags', data.flags === null ? 'not told without a read' : number(data.flags)],
    ['Server', html`<bdi>${data.server}</bdi>`],
  ];
  return html`<dl class="facts">
    ${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}

/** Reads the value only when somebody says so: it counts as a hit and keeps the item longer. */
function Value({ name, base64 }) {
  const { service } = useStore(session);
  const [shown, setShown] = useState(null);
  const [failure, setFailure] = useState(null);
  const show = async () => {
    try {
      setShown(await get(keyAddress(name, base64, 'view', { decode: 'auto' })));
      setFailure(null);
    } catch (refusal) {
      setFailure(refusal);
    }
  };
  if (service && !service.may_read_values) {
    return html`<p class="note">Your role, ${service.role}, does not include values.</p>`;
  }
  return html`<h2>Value</h2>
    ${failure && html`<${Notice} failure=${failure} onRetry=${show} />`}
    ${shown
      ? html`<p class="note">
            ${[...shown.steps.map((step) => `${step.decoder} (${step.reason})`), shown.format].join(' → ')}
          </p>
          <pre class="value" tabindex="0" aria-label="Value"><${KeyLines} text=${shown.content} /></pre>
          ${shown.truncated && html`<p class="note">Only the beginning is shown.</p>`}`
      : html`<p><button class="primary" onClick=${show}>Show value</button></p>
          <p class="note">Reading it counts as a hit, and the server keeps the item longer. All above was found out without that.</p>`}`;
}

/** Lines and tabs stay; other characters that cannot be seen are numbers. @param {{text: string}} properties */
function KeyLines({ text }) {
  return text.split(/(\n|\t)/).map((part) => (part === '\n' || part === '\t' ? part : html`<${KeyText} text=${part} />`));
}
