// The last step before many keys are changed: somebody types how many they are.
import { count } from '../base/formats.js';
import { html, useState } from '../base/html.js';

/**
 * @param {{verb: string, keys: number, one?: string, many?: string, isRunning: boolean, isReady: boolean, onConfirm: () => void, children?: any}} properties
 *     isReady: whether all else is well; one, many: what the keys are called
 */
export function Confirm({ verb, keys, one = 'key', many = 'keys', isRunning, isReady, onConfirm, children }) {
  const [typed, setTyped] = useState('');
  if (keys === 0) {
    return html`<p class="note">No key matches, so there is nothing to do.</p>`;
  }
  const isRight = typed.replace(/[\s,.'’]/g, '') === String(keys);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (isRight && isReady) {
      onConfirm();
    }
  };
  return html`<form class="box" aria-label="Confirm" onSubmit=${submit}>
    <div class="fields">
      ${children}
      <label class="field">Type the number of ${many}, ${String(keys)}, to confirm
        <input inputmode="numeric" autocomplete="off" size="14" name="confirmation" value=${typed} onInput=${(event) => setTyped(event.target.value)} />
      </label>
      <button class="danger" disabled=${!isRight || !isReady || isRunning}>${verb} ${count(keys, one, many)}</button>
    </div>
  </form>`;
}
