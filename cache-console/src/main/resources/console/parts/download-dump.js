// Downloads the file of a dump.
import { curl } from '../base/api.js';
import { useAct } from '../base/answer.js';
import { canStream, download, MOST_BYTES } from '../base/download.js';
import { dumpAddress } from '../base/dumps.js';
import { copy } from '../base/files.js';
import { size } from '../base/formats.js';
import { html, useEffect, useRef, useState } from '../base/html.js';
import { Notice } from './notice.js';

/** @param {{name: string}} properties */
export function DownloadDump({ name }) {
  const { isRunning, failure, run } = useAct();
  const [said, setSaid] = useState('');
  const abort = useRef(new AbortController());
  useEffect(() => () => abort.current.abort(), []);
  const start = () => run(async () => {
    abort.current = new AbortController();
    setSaid('');
    const bytes = await download(dumpAddress(name, 'file'), name, {
      signal: abort.current.signal,
      onProgress: (done, all) => setSaid(all > 0 ? `${size(done)} of ${size(all)}` : size(done)),
    });
    setSaid(`${size(bytes)} downloaded.`);
  });
  const cancel = () => {
    abort.current.abort();
    setSaid('Cancelled.');
  };
  const copyCommand = () => copy(`${curl(dumpAddress(name, 'file'))} -OJ`).then(() => setSaid('Command copied.'), (refusal) => setSaid(refusal.message));
  return html`<button onClick=${start} disabled=${isRunning}>Download</button>
    ${isRunning && html`<button onClick=${cancel}>Cancel</button>`}
    <button onClick=${copyCommand} title="A command that downloads this dump">Copy curl</button>
    <span class="note" role="status">${said}</span>
    ${!canStream() && html`<p class="note whole-line">This browser keeps the file in memory until all of it is there: at most ${size(MOST_BYTES)}. The command has no limit.</p>`}
    ${failure && html`<div class="whole-line"><${Notice} failure=${failure} onRetry=${start} /></div>`}`;
}
