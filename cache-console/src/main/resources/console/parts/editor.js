// Edits a value with its flags and lifetime. It is stored only if nobody else has changed it since it
// was read; what was typed stays whatever happens.
import { keyAddress, send } from '../base/api.js';
import { useAct } from '../base/answer.js';
import { clock } from '../base/formats.js';
import { html, useEffect, useRef, useState } from '../base/html.js';
import { onEscape, useReturnedFocus } from '../base/keyboard.js';
import { serviceTime } from '../base/service-time.js';
import { may, session, whyNot } from '../base/session.js';
import { useStore } from '../base/store.js';
import { faultOf, isJson, readForEditing, storeBody } from '../base/values.js';
import { parts } from './key-text.js';
import { LifetimeField, parseLifetime } from './lifetime.js';
import { Lines } from './lines.js';
import { Notice } from './notice.js';

const FORMS = [['text', 'text'], ['json', 'JSON'], ['base64', 'bytes, in base64']];

/**
 * @typedef {import('../base/values.js').Edited} Edited
 * @param {{name: string, base64: string | null, edited: Edited, onEdit: (edited: Edited) => void, onStore: (sent: Edited, request: () => Promise<any>) => Promise<void>, onStored: () => void, onClose: () => void}} properties
 *     onStore: sends the request, and knows what becomes of it whether this is closed or not
 */
export function Editor({ name, base64, edited, onEdit, onStore, onStored, onClose }) {
  const { service } = useStore(session);
  const storing = useAct(`Store the value of ${name}`);
  const looking = useAct();
  const [keepsTtl, setKeepsTtl] = useState(true);
  const [ttl, setTtl] = useState('1h');
  const [faults, setFaults] = useState({ value: '', ttl: false });
  const [other, setOther] = useState(/** @type {{edited: Edited | null, at: number} | null} */ (null));
  const field = useRef(null);
  /** Somebody may type meanwhile. */
  const typed = useRef(edited);
  typed.current = edited;
  useReturnedFocus();
  useEffect(() => field.current.focus(), []);
  const isLost = storing.failure?.kind === 'precondition-failed';
  const [wasJson] = useState(() => edited.form === 'text' && /^\s*[{[]/.test(edited.text) && isJson(edited.text));
  const store = () => storing.run(async () => {
    const timeout = keepsTtl ? 'keep' : parseLifetime(ttl, service);
    const found = { value: faultOf(edited), ttl: timeout === undefined };
    setFaults(found);
    if (found.value || found.ttl) {
      return undefined;
    }
    const isNew = other !== null && other.edited === null;
    const condition = isNew ? { ifNoneMatch: '*' } : { ifMatch: edited.version };
    await onStore(edited, () => send('POST', keyAddress(name, base64), storeBody(edited, JSON.stringify(timeout)), condition));
    return onStored;
  });
  /** Shows what is stored now, beside what was typed; the next attempt replaces it. */
  const look = () => looking.run(async () => {
    try {
      const stored = await readForEditing(name, base64);
      // Only if it can be seen here.
      return () => {
        setOther({ edited: stored, at: serviceTime() });
        onEdit({ ...typed.current, version: stored.version, isUnsure: false });
        storing.forget();
      };
    } catch (refusal) {
      if (refusal.status !== 404) {
        throw refusal;
      }
      return () => {
        setOther({ edited: null, at: serviceTime() });
        // There is none to keep.
        setKeepsTtl(false);
        storing.forget();
      };
    }
  });
  const unseen = edited.form === 'base64' ? 0 : parts(edited.text.replace(/[\n\t]/g, '')).filter((part) => part.unseen).length;
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    // Enter in a field sends the form, whatever its button says.
    if (!isLost && !looking.isRunning) {
      store();
    }
  };
  return html`<form class="box editor" aria-label="Edit the value" onSubmit=${submit} onKeyDown=${onEscape(keep)}>
    ${edited.reason && html`<p class="note">${edited.reason}</p>`}
    <label class="field">
      Value, as ${FORMS.find(([form]) => form === edited.form)[1]}
      <textarea ref=${field} rows="10" readonly=${storing.isRunning} spellcheck=${false} value=${edited.text} aria-invalid=${faults.value !== ''} aria-describedby="value-fault"
        onInput=${(event) => onEdit({ ...edited, text: event.target.value })}></textarea>
    </label>
    <p id="value-fault" class="failure" role="alert">${faults.value}</p>
    ${wasJson && !isJson(edited.text) && html`<p class="warning" data-state="no-json">It was JSON before, and is none any more.</p>`}
    ${unseen > 0 && html`<p class="warning">The text has ${unseen} characters that cannot be seen.</p>`}
    <fieldset class="fields" disabled=${storing.isRunning}>
      <label class="field">Store as
        <select value=${edited.form} onChange=${(event) => onEdit({ ...edited, form: event.target.value })} disabled=${edited.form === 'base64'}>
          ${FORMS.filter(([form]) => (form === 'base64') === (edited.form === 'base64')).map(([form, title]) => html`<option value=${form}>${title}</option>`)}
        </select>
      </label>
      <label class="field">Flags <input inputmode="numeric" size="10" value=${edited.flags} onInput=${(event) => onEdit({ ...edited, flags: event.target.value.trim() })} /></label>
      <label class="field">Lifetime
        <select value=${keepsTtl ? 'keep' : 'new'} onChange=${(event) => setKeepsTtl(event.target.value === 'keep')}>
          <option value="keep">stays as it is</option>
          <option value="new">a new one</option>
        </select>
      </label>
      ${!keepsTtl && html`<${LifetimeField} label="New lifetime" text=${ttl} onText=${setTtl} isBad=${faults.ttl} />`}
    </fieldset>
    ${edited.version === '' && html`<p class="warning">This server keeps no versions: what somebody else stores meanwhile is replaced unseen.</p>`}
    ${isLost
      ? html`<div class="notice warn" role="alert" data-status="412"><div>
            <strong>${edited.isUnsure ? 'This key has changed, perhaps by your attempt before' : 'Somebody else has changed this key'}</strong>
            <p>${edited.isUnsure ? 'That one had no answer and may have stored what you typed then. This one stored nothing.' : 'Nothing was stored.'} What you typed is still here. Look at what is stored now; then store yours in its place, or cancel.</p>
          </div><button type="button" onClick=${look} disabled=${looking.isRunning}>Show what is stored now</button></div>`
      : storing.failure && html`<${Notice} failure=${storing.failure} onRetry=${store} />`}
    ${looking.failure && html`<${Notice} failure=${looking.failure} onRetry=${look} />`}
    ${other && html`<${Stored} other=${other} />`}
    <p class="actions">
      <button class="primary" disabled=${storing.isRunning || looking.isRunning || isLost || !may(service, 'manage')}>${other ? 'Store mine in its place' : 'Store'}</button>
      <button type="button" onClick=${onClose}>${storing.isRunning ? 'Close' : 'Cancel'}</button>
      <span class="note" role="status">${storing.isRunning && 'Storing… To close this does not stop it.'}</span>
      <span class="note">${whyNot(service, 'manage')}</span>
    </p>
  </form>`;
}

/** Esc would lose what was typed; there is a button for that. */
function keep() {}

/** What is stored now. @param {{other: {edited: Edited | null, at: number}}} properties */
function Stored({ other: { edited, at } }) {
  return edited === null
    ? html`<p class="warning" data-stored="gone">The key is gone, as of ${clock(at)}. Yours is stored as a new one.</p>`
    : html`<h3>Stored now, as of ${clock(at)}</h3>
        <p class="note">flags ${edited.flags}, ${edited.form}</p>
        <pre class="value" tabindex="0" role="region" aria-label="The value that is stored now" data-stored="now"><${Lines} text=${edited.text} /></pre>`;
}
