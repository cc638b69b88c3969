// Asks before a dump is deleted.
import { send } from '../base/api.js';
import { useAct } from '../base/answer.js';
import { dumpAddress } from '../base/dumps.js';
import { html } from '../base/html.js';
import { Dialog } from './dialog.js';
import { KeyText } from './key-text.js';
import { Notice } from './notice.js';

/** @param {{name: string, onClose: (isDeleted: boolean) => void}} properties */
export function DeleteDump({ name, onClose }) {
  const { isRunning, failure, run } = useAct();
  const remove = () => run(async () => {
    await send('DELETE', dumpAddress(name), null);
    onClose(true);
  });
  return html`<${Dialog} title="Delete this dump?" onClose=${() => onClose(false)}>
    <p class="named"><${KeyText} text=${name} /></p>
    <p>Its file is deleted. That cannot be undone, and no key changes. If it is the current dump, the newest good one that is left takes its place.</p>
    ${failure && html`<${Notice} failure=${failure} onRetry=${remove} />`}
    <p class="actions">
      <button onClick=${() => onClose(false)} data-first>Keep it</button>
      <button class="danger" onClick=${remove} disabled=${isRunning}>Delete</button>
    </p>
  <//>`;
}
