// Asks before a key is deleted.
import { keyAddress, send } from '../base/api.js';
import { useAct } from '../base/answer.js';
import { html, useEffect, useRef } from '../base/html.js';
import { outdateList } from '../base/key-list.js';
import { Dialog } from './dialog.js';
import { KeyText } from './key-text.js';
import { Notice } from './notice.js';

/** @param {{name: string, base64: string | null, onClose: (isDeleted: boolean) => void}} properties */
export function DeleteKey({ name, base64, onClose }) {
  const { isRunning, failure, run } = useAct();
  const isOpen = useRef(true);
  useEffect(() => () => {
    isOpen.current = false;
  }, []);
  const remove = () => run(async () => {
    await send('DELETE', keyAddress(name, base64), null);
    outdateList();
    // Somebody may have gone on.
    if (isOpen.current) {
      onClose(true);
    }
  });
  return html`<${Dialog} title="Delete this key?" onClose=${() => onClose(false)}>
    <p class="named"><${KeyText} text=${name} /></p>
    <p>It is deleted on every server that holds it. That cannot be undone.</p>
    ${failure && html`<${Notice} failure=${failure} onRetry=${remove} />`}
    <p class="actions">
      <button onClick=${() => onClose(false)} data-first>Keep it</button>
      <button class="danger" onClick=${remove} disabled=${isRunning}>Delete</button>
    </p>
  <//>`;
}
