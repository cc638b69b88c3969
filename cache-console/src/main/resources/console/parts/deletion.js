// Asks before one thing is deleted.
import { useAct } from '../base/answer.js';
import { html } from '../base/html.js';
import { Dialog } from './dialog.js';
import { KeyText } from './key-text.js';
import { Notice } from './notice.js';

/**
 * @param {{title: string, name: string, remove: () => Promise<void>, onClose: () => void, onDeleted: () => void, children?: any}} properties
 *     remove: deletes it; onDeleted: called unless somebody has closed the dialog or gone on meanwhile
 */
export function Deletion({ title, name, remove, onClose, onDeleted, children }) {
  const { isRunning, failure, run } = useAct(`Delete ${name}`);
  const start = () => run(async () => {
    await remove();
    return onDeleted;
  });
  return html`<${Dialog} title=${title} onClose=${onClose}>
    <p class="named"><${KeyText} text=${name} /></p>
    <p>${children}</p>
    ${failure && html`<${Notice} failure=${failure} onRetry=${start} />`}
    <p class="note" role="status">${isRunning && 'Deleting… To close this does not stop it.'}</p>
    <p class="actions">
      <button onClick=${onClose} data-first>${isRunning ? 'Close' : 'Keep it'}</button>
      <button class="danger" onClick=${start} disabled=${isRunning}>Delete</button>
    </p>
  <//>`;
}
