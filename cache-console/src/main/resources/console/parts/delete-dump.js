// Asks before a dump is deleted.
import { send } from '../base/api.js';
import { dumpAddress } from '../base/dumps.js';
import { dayAndTime } from '../base/formats.js';
import { html, useState } from '../base/html.js';
import { Deletion } from './deletion.js';

/** @param {{dump: any, onClose: () => void, onDeleted: () => void}} properties as Deletion has them */
export function DeleteDump({ dump, onClose, onDeleted }) {
  // The name of the current dump is that of another one as soon as there is a newer one.
  const [{ name, created_at }] = useState(dump);
  const remove = () => send('DELETE', dumpAddress(name), { created_at });
  return html`<${Deletion} title="Delete this dump?" name=${name} remove=${remove} onClose=${onClose} onDeleted=${onDeleted}>
    The file of ${dayAndTime(created_at)} is deleted. That cannot be undone, and no key changes. If it is the current dump, the newest good one that is left takes its place.
  <//>`;
}
