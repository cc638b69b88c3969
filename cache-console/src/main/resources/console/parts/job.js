// A job: how far it is, how it is cancelled, and what became of it.
import { get, jobAddress, send } from '../base/api.js';
import { useAct, useAnswer } from '../base/answer.js';
import { clock, dayAndTime, duration, number, size } from '../base/formats.js';
import { html, useEffect } from '../base/html.js';
import { parametersOf } from '../base/criteria.js';
import { fragment, go } from '../base/router.js';
import { may, session, whyNot } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Account } from './account.js';
import { Made } from './dump-account.js';
import { Diff } from './dump-diff.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';
import { Notice } from './notice.js';
import { Restored, Stopped } from './restored.js';

const POLL_MILLIS = 1_000;

/** What shows the result of a job of each kind. */
const RESULTS = { delete: Account, refresh: Account, dump: Made, restore: Restored, diff: Diff };

/** Whether it goes on. @param {any} job */
export function isAlive(job) {
  return job.state === 'queued' || job.state === 'running';
}

/** What somebody must be allowed to do to cancel it. @param {any} job */
function operationOf(job) {
  return job.kind === 'dump' ? 'dump' : 'manage';
}

/** @param {{state: string}} properties */
export function JobState({ state }) {
  return html`<span class=${`job-state ${state}`}>${state}</span>`;
}

/**
 * Follows a job.
 * @param {{id: string, kind?: string, anew?: string, onEnd?: ((job: any) => void) | null}} properties
 *     kind: what it must be, if only one kind belongs here; anew: the fragment that prepares such a job again; onEnd: called once when it has ended, with null if nobody knows it any more
 */
export function JobById({ id, kind = '', anew = '', onEnd = null }) {
  // Nothing of one job is shown under the address of another.
  return html`<${Followed} key=${id} id=${id} kind=${kind} anew=${anew} onEnd=${onEnd} />`;
}

/** @param {{id: string, kind: string, anew: string, onEnd: ((job: any) => void) | null}} properties as JobById has them */
function Followed({ id, kind, anew, onEnd }) {
  const { data, at, failure, reload } = useAnswer(async (signal) => get(jobAddress(id), signal), [id], (job) => (isAlive(job) ? POLL_MILLIS : 0));
  const hasEnded = data !== null && !isAlive(data);
  const isForgotten = failure?.status === 404 && !hasEnded;
  useEffect(() => {
    if (hasEnded || isForgotten) {
      onEnd?.(hasEnded ? data : null);
    }
  }, [id, hasEnded, isForgotten]);
  if (data && kind && data.kind !== kind) {
    return html`<p class="empty" data-state="other-job">This link leads to a job of another kind, ${data.kind}. <a href=${fragment('/jobs', { id })}>Show it</a></p>`;
  }
  if (isForgotten) {
    return html`<div class="empty" data-state="no-job"><p><b>No job has the id <${KeyText} text=${id} />${data ? ' any more' : ''}.</b></p>
      ${data && html`<p>${data.state === 'queued' ? 'It waited' : `It was running, with ${progressWords(data.progress)},`} at ${clock(at)}, and may have done more since.</p>`}
      <p class="note">A service forgets its jobs when it ends, and the oldest ones before. What a job has done stays done.</p>
      ${anew && html`<a class="button" href=${anew}>Prepare it anew</a>`}</div>`;
  }
  return html`${failure && html`<${Notice} failure=${failure} dataAt=${at} onRetry=${() => reload()} />`}
    ${data ? html`<${Job} job=${data} onChange=${() => reload()} />` : !failure && html`<p class="empty" role="status">Asking for the job…</p>`}`;
}

/** Where the change of the same keys is prepared again. @param {any} job */
function again({ kind, request }) {
  const { timeout, jitter, rate } = request;
  return fragment('/change', {
    action: kind, ...parametersOf(request), rate,
    ...(kind === 'refresh' && { timeout: timeout ?? 'never', jitter: jitter || null }),
  });
}

/** Whether there is something to cancel, and the caller may. @param {any} service @param {any} job */
export function canCancel(service, job) {
  return isAlive(job) && may(service, operationOf(job));
}

/** @param {{job: any, onChange: () => void}} properties */
export function Cancel({ job, onChange }) {
  const { isRunning, failure, run } = useAct(`Ask for the end of the job ${job.kind} ${job.about}`);
  const cancel = () => run(async () => {
    await send('DELETE', jobAddress(job.id), null);
    return onChange;
  });
  return html`<button onClick=${cancel} disabled=${isRunning || job.cancel_requested}>Cancel</button>
    ${failure && html`<${Notice} failure=${failure} onRetry=${cancel} />`}`;
}

/** @param {{job: any, onChange: () => void}} properties */
function Job({ job, onChange }) {
  const { service } = useStore(session);
  const onRest = job.request && may(service, 'manage') ? () => go(again(job)) : null;
  const isBulk = job.kind === 'delete' || job.kind === 'refresh';
  return html`<article class="job" aria-label="Job" data-state=${job.state}>
    <p class="job-head" role="status">
      <${JobState} state=${job.state} /> <b>${job.kind}</b> <${KeyText} text=${job.about} />
    </p>
    ${isAlive(job) && html`<${Progress} progress=${job.progress} isQueued=${job.state === 'queued'} hasSize=${!isBulk} />`}
    ${isAlive(job) && (canCancel(service, job)
      ? html`<div class="acts"><${Cancel} job=${job} onChange=${onChange} />
          <span class="note">${job.cancel_requested ? 'It is about to end.' : isBulk ? 'What is done stays done.' : ''}</span></div>`
      : html`<p class="note">${whyNot(service, operationOf(job))}</p>`)}
    ${job.error && html`<${Failed} job=${job} />`}
    ${job.error && job.kind === 'restore' && html`<${Stopped} error=${job.error} />`}
    ${job.result && html`<${RESULTS[job.kind]} account=${job.result} onRest=${onRest} />`}
    ${!job.result && job.error && isBulk && html`<p class="note">${progressWords(job.progress)}</p>
      ${onRest && html`<p class="acts"><button class="primary" onClick=${onRest}>Finish the rest</button></p>`}`}
    <p class="note">begun by <${KeyText} text=${job.started_by} /> · ${times(job)}</p>
  </article>`;
}

/** @param {any} job */
function times(job) {
  const parts = [dayAndTime(job.created_at)];
  if (job.finished_at) {
    const seconds = (Date.parse(job.finished_at) - Date.parse(job.started_at ?? job.created_at)) / 1000;
    parts.push(`ended ${dayAndTime(job.finished_at)}, after ${duration(seconds)}`);
  }
  return parts.join(' · ');
}

/** Such as `200 of 1,000 keys`. @param {any} progress */
export function progressWords(progress) {
  return progress.expected === null ? `${number(progress.done)} done` : `${number(progress.done)} of ${number(progress.expected)} done`;
}

/** @param {{progress: any, isQueued: boolean, hasSize: boolean}} properties hasSize: whether its bytes are of use to somebody */
function Progress({ progress, isQueued, hasSize }) {
  const { done, expected, per_second: rate, eta_seconds: eta, throttled_seconds: throttled, bytes } = progress;
  const facts = [
    ['Done', progressWords(progress)],
    ['Rate', isQueued ? '–' : `${number(rate)} a second`],
    ['Time left', eta === null ? 'unknown' : duration(eta)],
    ...(hasSize && bytes > 0 ? [['Size', size(bytes)]] : []),
    ...(throttled > 0 ? [['Held back', duration(throttled)]] : []),
  ];
  return html`<progress aria-label="Progress" max=${expected || 1} value=${isQueued ? 0 : expected === null ? undefined : done}></progress>
    <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** @param {{job: any}} properties */
function Failed({ job }) {
  const { title, detail } = job.error;
  return html`<div class=${job.state === 'cancelled' ? 'notice warn' : 'notice bad'} data-kind="job">
    <${Icon} name="warning" /><div><strong><${KeyText} text=${title} /></strong>${detail && detail !== title && job.state !== 'cancelled' && html`<p><${KeyText} text=${detail} /></p>`}</div>
  </div>`;
}
