// Whether a dump is any good, in words and not by colour alone.
import { html } from '../base/html.js';

/** @param {{dump: {valid: boolean, complete: boolean, current?: boolean}}} properties */
export function DumpMarks({ dump }) {
  return html`<span class="marks">
    <span class=${dump.valid ? 'dump-mark good' : 'dump-mark bad'}>${dump.valid ? '✓ valid' : '▲ damaged'}</span>
    ${dump.valid && html`<span class=${dump.complete ? 'dump-mark good' : 'dump-mark warn'}>${dump.complete ? '✓ complete' : '▲ incomplete'}</span>`}
    ${dump.current && html`<span class="dump-mark current">current</span>`}
  </span>`;
}
