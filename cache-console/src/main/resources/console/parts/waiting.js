// What a screen shows before it is known who asks: the answers depend on it.
import { html } from '../base/html.js';
import { poll, session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Notice } from './notice.js';

/** @param {{what: string}} properties what: such as `the tree` */
export function Waiting({ what }) {
  const { failure } = useStore(session);
  return failure
    ? html`<${Notice} failure=${failure} onRetry=${poll} />`
    : html`<p class="empty" role="status">Asking for ${what}…</p>`;
}
