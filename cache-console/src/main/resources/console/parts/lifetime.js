// How long keys live: what a person chooses, and the form that changes it for one key.
import { keyAddress, send } from '../base/api.js';
import { useAct } from '../base/answer.js';
import { parseDuration } from '../base/formats.js';
import { html, useEffect, useRef, useState } from '../base/html.js';
import { onEscape, useReturnedFocus } from '../base/keyboard.js';
import { session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Notice } from './notice.js';

/** Ten years, until the service says more. */
const MOST_SECONDS = 315_360_000;

/**
 * The seconds that a person means; null for never, undefined if it is no lifetime.
 * @param {string} text @param {any} service
 */
export function parseLifetime(text, service) {
  if (text.trim().toLowerCase() === 'never') {
    return null;
  }
  const seconds = parseDuration(text);
  const most = service?.limits.timeout_seconds ?? MOST_SECONDS;
  return seconds === null || seconds < 1 || seconds > most ? undefined : seconds;
}

/** @param {{text: string, onText: (text: string) => void, isBad: boolean, label?: string, hasKeyboard?: boolean}} properties hasKeyboard: whether the keyboard goes there at once */
export function LifetimeField({ text, onText, isBad, label = 'Lifetime from now', hasKeyboard = false }) {
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => hasKeyboard && field.current.select(), []);
  return html`<label class="field">
    ${label}
    <input ref=${field} value=${text} onInput=${(event) => onText(event.target.value)} size="14" placeholder="1h, 30d or never"
      autocomplete="off" list="lifetimes" aria-invalid=${isBad} aria-describedby="lifetime-fault" />
    <datalist id="lifetimes">${['5m', '1h', '1d', '30d', 'never'].map((value) => html`<option value=${value} />`)}</datalist>
    <span id="lifetime-fault" class="failure" role="alert">${isBad ? 'Write it like 90s, 5m, 2h, 30d or never.' : ''}</span>
  </label>`;
}

/** @param {{name: string, base64: string | null, onClose: () => void, onDone: () => void}} properties */
export function NewLifetime({ name, base64, onClose, onDone }) {
  const { service } = useStore(session);
  const { isRunning, failure, run } = useAct(`New lifetime for ${name}`);
  const [text, setText] = useState('1h');
  const [isBad, setBad] = useState(false);
  useReturnedFocus();
  const change = () => run(async () => {
    const timeout = parseLifetime(text, service);
    setBad(timeout === undefined);
    if (timeout === undefined) {
      return undefined;
    }
    await send('PUT', keyAddress(name, base64), { timeout });
    return onDone;
  });
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    change();
  };
  return html`<form class="box" aria-label="New lifetime" onSubmit=${submit} onKeyDown=${onEscape(onClose)}>
    <${LifetimeField} text=${text} onText=${setText} isBad=${isBad} hasKeyboard />
    <p class="note">The value is neither read nor stored again.</p>
    ${failure && html`<${Notice} failure=${failure} onRetry=${change} />`}
    <p class="actions"><button class="primary" disabled=${isRunning}>Change</button><button type="button" onClick=${onClose}>${isRunning ? 'Close' : 'Cancel'}</button>
      <span class="note" role="status">${isRunning && 'Changing… To close this does not stop it.'}</span></p>
  </form>`;
}
