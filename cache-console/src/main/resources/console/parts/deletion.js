// Asks before one thing is deleted.
import { useAct } from '../base/answer.js';
import { html, useEffect, useRef } from '../base/html.js';
import { Dialog } from './dialog.js';
import { KeyText } from './key-text.js';
import { Notice } from './notice.js';

/**
 * @param {{title: string, name: string, remove: () => Promise<void>, onClose: () => void, onDeleted: () => void, onDeletedLater: () => void, children?: any}} properties
 *     remove: deletes it; onDeletedLater: called instead of onDeleted if somebody has closed the dialog or gone on meanwhile
 */
export function Deletion({ title, name, remove, onClose, onDeleted, onDeletedLater, children }) {
  const { isRunning, failure, run } = useAct();
  const isOpen = useRef(true);
  useEffect(() => () => {
    isOpen.current = false;
  }, []);
  const start = () => run(async () => {
    await remove();
    (isOpen.current ? onDeleted : onDeletedLater)();
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
