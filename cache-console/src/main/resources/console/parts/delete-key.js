// Asks before a key is deleted.
import { keyAddress, send } from '../base/api.js';
import { html } from '../base/html.js';
import { outdateList } from '../base/key-list.js';
import { Deletion } from './deletion.js';

/** @param {{name: string, base64: string | null, onClose: () => void, onDeleted: () => void}} properties as Deletion has them */
export function DeleteKey({ name, base64, onClose, onDeleted }) {
  const remove = async () => {
    try {
      await send('DELETE', keyAddress(name, base64), null);
    } finally {
      // Also if nobody knows whether it was done.
      outdateList();
    }
  };
  return html`<${Deletion} title="Delete this key?" name=${name} remove=${remove} onClose=${onClose} onDeleted=${onDeleted}>
    It is deleted on every server that holds it. That cannot be undone.
  <//>`;
}
