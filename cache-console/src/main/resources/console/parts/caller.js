// The build, who the caller is and may do, and another token.
import { html, useEffect, useState } from '../base/html.js';
import { session, signIn, signOut } from '../base/session.js';
import { useStore } from '../base/store.js';
import { token } from '../base/token.js';
import { KeyText } from './key-text.js';

/** @param {{service: any}} properties */
export function Caller({ service }) {
  const facts = [
    ['You are', html`<${KeyText} text=${service.caller} />`],
    ['Role', service.role],
    ['Apps', service.apps === null ? 'all' : html`<${KeyText} text=${service.apps.join(', ')} />`],
    ['You may', ['look at keys', ...(service.may_read_values ? ['read values'] : []), ...service.allowed.map((operation) => ALLOWED[operation] ?? operation)].join(', ')],
    ['Environment', service.environment],
    ['Version', service.version],
    ['Store', service.cache_backend],
  ];
  return html`<section aria-labelledby="caller">
    <h2 id="caller">You and the service</h2>
    <dl class="pairs">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
    <${AnotherToken} />
  </section>`;
}

const ALLOWED = { manage: 'change keys', dump: 'make dumps', download: 'download dumps' };

function AnotherToken() {
  const { refused } = useStore(session);
  const [secret, setSecret] = useState('');
  const [isWaiting, setWaiting] = useState(false);
  // A refusal is of no use later.
  useEffect(() => () => session.set({ refused: '' }), []);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setWaiting(true);
    await signIn(secret.trim());
    setWaiting(false);
    setSecret('');
  };
  return html`<form class="acts" aria-label="Another token" onSubmit=${submit}>
    <input type="text" name="username" autocomplete="username" value="token" hidden />
    <label>${token() ? 'Another token' : 'Token'} <input type="password" name="another" autocomplete="current-password" required size="20" value=${secret}
      onInput=${(event) => setSecret(event.target.value)} aria-describedby="another-refused" /></label>
    <button disabled=${isWaiting}>Sign in</button>
    ${token() && html`<button type="button" onClick=${signOut}>Sign out</button>`}
    <span id="another-refused" class="failure whole-line" role="alert">${refused && `${refused.replace(/\.?$/, '.')} Nothing has changed.`}</span>
    <span class="note whole-line">The token stays in this tab, also when the browser opens it again after it was closed. Sign out to forget it.</span>
  </form>`;
}
