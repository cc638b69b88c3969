// Asks for a token, which is kept in this tab.
import { html, useState } from '../base/html.js';
import { session, signIn } from '../base/session.js';
import { useStore } from '../base/store.js';
import { leftWords, untold } from '../base/untold.js';
import { Dialog } from './dialog.js';

export function SignIn() {
  const { refused } = useStore(session);
  const { left } = useStore(untold);
  const [secret, setSecret] = useState('');
  const [isWaiting, setWaiting] = useState(false);
  /** @param {Event} event */
  const submit = async (event) => {
    event.preventDefault();
    setWaiting(true);
    await signIn(secret.trim());
    setWaiting(false);
  };
  return html`<${Dialog} title="Sign in">
    <form onSubmit=${submit}>
      ${left > 0 && html`<p class="note">${leftWords(left)}</p>`}
      <p>This service needs a token. <code>cache token create NAME --role viewer</code> makes one.</p>
      <input type="text" name="username" autocomplete="username" value="token" hidden />
      <label>
        Token
        <input
          type="password"
          name="token"
          autocomplete="current-password"
          required
          data-first
          value=${secret}
          onInput=${(event) => setSecret(event.target.value)}
          aria-describedby="refused"
        />
      </label>
      <p id="refused" class="failure" role="alert">${refused}</p>
      <p class="actions"><button class="primary" disabled=${isWaiting}>Sign in</button></p>
    </form>
  <//>`;
}
