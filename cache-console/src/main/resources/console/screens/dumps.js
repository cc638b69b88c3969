// All dumps: made, listed, and made by themselves.
import { address, get, send } from '../base/api.js';
import { useAct, useAnswer, useTold } from '../base/answer.js';
import { dumpFragment } from '../base/dumps.js';
import { age, dayAndTime, duration, number, size } from '../base/formats.js';
import { html, useEffect, useMemo, useRef } from '../base/html.js';
import { useKeys } from '../base/keyboard.js';
import { fragment, go } from '../base/router.js';
import { may, session, whyNot } from '../base/session.js';
import { useStore } from '../base/store.js';
import { AutoDump } from '../parts/auto-dump.js';
import { DumpMarks } from '../parts/dump-marks.js';
import { isAlive, JobById } from '../parts/job.js';
import { KeyText } from '../parts/key-text.js';
import { Notice } from '../parts/notice.js';
import { OneDump } from './dump.js';

const JOBS_MILLIS = 2_000;

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function DumpsScreen({ parameters, caller }) {
  const name = parameters.get('name');
  return name === null
    ? html`<${AllDumps} job=${parameters.get('job')} caller=${caller} />`
    : html`<${OneDump} key=${name} name=${name} parameters=${parameters} caller=${caller} />`;
}

/** @param {{job: string | null, caller?: string}} properties job: the dump that is being made */
function AllDumps({ job, caller }) {
  const { service } = useStore(session);
  const { data, at, failure, reload } = useAnswer((signal) => get(address('dumps/'), signal), [caller]);
  // One that somebody else makes, or that was begun before this screen was left.
  const jobs = useAnswer((signal) => get(address('jobs/'), signal), [caller], JOBS_MILLIS);
  const running = jobs.data?.jobs.find((each) => each.kind === 'dump' && isAlive(each))?.id ?? null;
  const followed = job ?? running;
  const ended = jobs.data ? (jobs.data.jobs.find((each) => each.kind === 'dump' && !isAlive(each))?.id ?? 'none') : null;
  const before = useRef(/** @type {string | null} */ (null));
  useEffect(() => {
    // The list may have one more now.
    if (before.current !== null && before.current !== ended) {
      reload();
    }
    before.current = ended;
  }, [ended]);
  const making = useAct('Make a dump');
  useTold(() => reload());
  useEffect(() => {
    if (running !== null) {
      making.forget();
    }
  }, [running]);
  useKeys(useMemo(() => ({ r: () => reload() }), [reload]));
  const make = () => making.run(async () => {
    const begun = await send('POST', address('', { async: true }), null);
    return () => go(fragment('/dumps', { job: begun.id }), { replace: true });
  });
  const dumps = data?.dumps;
  return html`<section class="dumps" aria-label="Dumps">
    <h1>Dumps</h1>
    ${service && (may(service, 'dump')
      ? html`<p class="acts"><button class="primary" onClick=${make} disabled=${making.isRunning || running !== null}>Make a dump</button>
          <span class="note">It reads every key on the servers, which they count as hits.</span></p>`
      : html`<p class="note">${whyNot(service, 'dump')}</p>`)}
    ${making.failure && html`<${Notice} failure=${making.failure} onRetry=${make} />`}
    ${followed && html`<div class="box"><${JobById} key=${followed} id=${followed} kind="dump" onEnd=${() => reload()} /></div>`}
    ${failure && html`<${Notice} failure=${failure} dataAt=${at} onRetry=${() => reload()} />`}
    ${!dumps && !failure && html`<p class="empty" role="status">Checking the dumps…</p>`}
    ${dumps?.length === 0 && html`<div class="empty" data-state="empty"><p><b>There is no dump yet.</b></p>
      <p class="note">A dump holds every key with its value, and can be restored into any servers.</p></div>`}
    ${dumps?.length > 0 && html`<${Table} dumps=${dumps} />`}
    <${AutoDump} caller=${caller} onDump=${() => reload()} />
  </section>`;
}

/** @param {{dumps: any[]}} properties */
function Table({ dumps }) {
  return html`<table class="list">
    <thead><tr><th scope="col">Dump</th><th scope="col">Made</th><th scope="col" class="count">Entries</th><th scope="col" class="count">Size</th><th scope="col">State</th></tr></thead>
    <tbody>${dumps.map((dump) => html`<tr key=${dump.name} data-dump=${dump.name}>
      <td class="about"><a href=${dumpFragment(dump.name)}><${KeyText} text=${dump.name} /></a></td>
      <td>${dayAndTime(dump.created_at)} <span class="note">${duration(age(dump.created_at))} ago</span></td>
      <td class="count" data-label="entries">${dump.entries === null ? '–' : number(dump.entries)}</td>
      <td class="count">${dump.bytes === null ? '–' : size(dump.bytes)}</td>
      <td><${DumpMarks} dump=${dump} /></td>
    </tr>`)}</tbody>
  </table>`;
}
