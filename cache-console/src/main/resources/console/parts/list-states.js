// What a list says when it has no rows, or not all of them.
import { html } from '../base/html.js';
import { session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';

/** @param {{pages: import('../base/key-pages.js').KeyPages, onClear: () => void}} properties */
export function Empty({ pages, onClear }) {
  const { service } = useStore(session);
  if (pages.total > 0) {
    return html`<div class="empty" data-state="no-match">
      <p><b>No key matches.</b></p>
      <p class="note">A plain text is a prefix. Write <code>*text*</code> to find it anywhere.</p>
      <button onClick=${onClear}>Show all keys</button>
    </div>`;
  }
  return pages.incomplete.length > 0
    ? html`<div class="empty" data-state="unknown"><p><b>No key is known.</b></p>
        <p class="note">That does not mean that there is none: see above.</p></div>`
    : html`<div class="empty" data-state="empty"><p><b>${service?.apps ? 'There is no key of your apps.' : 'The cache is empty.'}</b></p>
        <p class="note">Keys appear here when an application stores some.</p></div>`;
}

/** Why keys may be missing. @param {{reasons: string[]}} properties */
export function Missing({ reasons }) {
  if (reasons.length === 0) {
    return null;
  }
  return html`<div class="notice warn" role="status" data-state="incomplete">
    <${Icon} name="warning" />
    <div>
      <strong>Keys may be missing</strong>
      <ul>
        ${reasons.map((reason) => html`<li><${KeyText} text=${reason} /></li>`)}
      </ul>
    </div>
  </div>`;
}
