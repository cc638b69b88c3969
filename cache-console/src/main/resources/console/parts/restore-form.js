// How entries of a dump are restored.
import { html, useEffect, useRef, useState } from '../base/html.js';
import { session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { LifetimeField, parseLifetime } from './lifetime.js';

const LIFETIMES = [
  ['keep', 'as in the dump; what has expired stays out'],
  ['shift', 'what was left at the dump, from now'],
  ['never', 'never expires'],
  ['seconds', 'from now…'],
];

/**
 * @param {{choice: import('../base/dumps.js').RestoreChoice, mayBeDamaged: boolean, text: string, onChange: (changes: Record<string, unknown>) => void, onTyped: (isGood: boolean) => void}} properties
 *     onTyped: called with whether what is typed is the choice
 */
export function RestoreForm({ choice, mayBeDamaged, text, onChange, onTyped }) {
  const { service } = useStore(session);
  const [typed, setTyped] = useState(text || '1h');
  const [isBad, setBad] = useState(false);
  const typedTtl = useRef(choice.ttl);
  useEffect(() => {
    // A link has changed it, not what is typed here.
    if (choice.ttl !== typedTtl.current) {
      typedTtl.current = choice.ttl;
      setTyped(text || '1h');
      setBad(false);
    }
  }, [choice.ttl]);
  useEffect(() => onTyped(!isBad), [isBad]);
  const isFromNow = /^\d+$/.test(choice.ttl);
  /** @param {string} value */
  const chooseLifetime = (value) => (value === 'seconds' ? type('1h') : onChange({ ttl: value === 'keep' ? null : value }));
  /** @param {string} value */
  const type = (value) => {
    setTyped(value);
    const seconds = parseLifetime(value, service);
    setBad(seconds === undefined);
    if (seconds !== undefined) {
      typedTtl.current = seconds === null ? 'never' : String(seconds);
      onChange({ ttl: seconds ?? 'never' });
    }
  };
  return html`<form class="box" aria-label="How it is restored" onSubmit=${(event) => event.preventDefault()}>
    <div class="fields">
      <label class="field">Keys that exist
        <select name="mode" value=${choice.mode} onChange=${(event) => onChange({ mode: event.target.value === 'add' ? null : event.target.value })}>
          <option value="add">stay as they are</option>
          <option value="replace">are overwritten</option>
        </select>
      </label>
      <label class="field">Lifetime
        <select name="ttl" value=${isFromNow ? 'seconds' : choice.ttl} onChange=${(event) => chooseLifetime(event.target.value)}>
          ${LIFETIMES.map(([value, title]) => html`<option value=${value}>${title}</option>`)}
        </select>
      </label>
      ${isFromNow && html`<${LifetimeField} text=${typed} onText=${type} isBad=${isBad} />`}
      ${service?.apps === null && html`<label class="field">Onto
        <select name="cold" value=${String(choice.cold)} onChange=${(event) => onChange({ cold: event.target.value === 'true' || null })}>
          <option value="false">all servers</option>
          <option value="true">servers that lost their items</option>
        </select>
      </label>`}
      <label class="field">Server
        <select name="placement" value=${choice.placement} onChange=${(event) => onChange({ placement: event.target.value === 'origin' ? null : event.target.value })}>
          <option value="origin">where each entry came from</option>
          <option value="ring">where new keys go</option>
        </select>
      </label>
    </div>
    ${(mayBeDamaged || choice.salvage) && html`<p class="salvage"><label><input type="checkbox" name="salvage" checked=${choice.salvage}
      onChange=${(event) => onChange({ salvage: event.target.checked || null })} /> Salvage: if the dump is damaged, restore what it still holds</label></p>`}
  </form>`;
}
