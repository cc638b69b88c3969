// All jobs, and one of them.
import { address, get } from '../base/api.js';
import { useAnswer } from '../base/answer.js';
import { dayAndTime, duration, number } from '../base/formats.js';
import { html, useMemo } from '../base/html.js';
import { useKeys } from '../base/keyboard.js';
import { outcome } from '../base/outcomes.js';
import { back, fragment } from '../base/router.js';
import { serviceTime } from '../base/service-time.js';
import { session, whyNot } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Icon } from '../parts/icons.js';
import { canCancel, Cancel, isAlive, JobById, JobState, progressWords } from '../parts/job.js';
import { KeyText } from '../parts/key-text.js';
import { Notice } from '../parts/notice.js';

const BUSY_MILLIS = 1_000;
const IDLE_MILLIS = 5_000;

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function JobsScreen({ parameters, caller }) {
  const id = parameters.get('id');
  return id ? html`<${OneJob} key=${id} id=${id} />` : html`<${AllJobs} caller=${caller} />`;
}

/** @param {{id: string}} properties */
function OneJob({ id }) {
  useKeys(useMemo(() => ({ Escape: () => back('#/jobs') }), []));
  return html`<section class="jobs" aria-label="Job">
    <p><a class="back quiet" href="#/jobs"><${Icon} name="back" />Jobs</a></p>
    <h1>Job <${KeyText} text=${id} /></h1>
    <${JobById} id=${id} />
  </section>`;
}

/** @param {{caller?: string}} properties */
function AllJobs({ caller }) {
  const { service } = useStore(session);
  const { data, at, failure, reload } = useAnswer(
    (signal) => get(address('jobs/'), signal), [caller],
    ({ jobs }) => (jobs.some(isAlive) ? BUSY_MILLIS : IDLE_MILLIS));
  useKeys(useMemo(() => ({ r: () => reload() }), [reload]));
  const jobs = data?.jobs;
  return html`<section class="jobs" aria-label="Jobs">
    <h1>Jobs</h1>
    ${failure && html`<${Notice} failure=${failure} dataAt=${at} onRetry=${() => reload()} />`}
    ${whyNot(service, 'manage') && html`<p class="note">${whyNot(service, 'manage')}</p>`}
    ${!jobs && !failure && html`<p class="empty" role="status">Asking for the jobs…</p>`}
    ${jobs?.length === 0 && html`<div class="empty" data-state="empty"><p><b>${service?.apps ? 'No job of yours runs, and none has ended.' : 'No job runs, and none has ended since the service began.'}</b></p>
      ${service?.apps && html`<p class="note">Your token is limited to some apps, so you do not see the jobs of others.</p>`}
      <p class="note">Dumps, restores, comparisons and changes of many keys are jobs.</p></div>`}
    ${jobs?.length > 0 && html`<${Table} jobs=${jobs} onChange=${() => reload()} />`}
  </section>`;
}

/** @param {{jobs: any[], onChange: () => void}} properties */
function Table({ jobs, onChange }) {
  const { service } = useStore(session);
  return html`<table class="list">
    <thead><tr><th scope="col">State</th><th scope="col">Job</th><th scope="col">Progress, result</th><th scope="col" class="count">Time</th><th scope="col">Begun</th></tr></thead>
    <tbody>${jobs.map((job) => html`<tr key=${job.id} data-job=${job.id}>
      <td><${JobState} state=${job.state} /></td>
      <td class="about"><a href=${fragment('/jobs', { id: job.id })}><b>${job.kind}</b> <${KeyText} text=${job.about} /></a></td>
      <td class="progress">${isAlive(job) && job.progress.expected !== null && html`<progress aria-label="Progress" max=${job.progress.expected || 1} value=${job.progress.done}></progress> `}<span class="note">${said(job)}</span>
        ${canCancel(service, job) && html` <${Cancel} job=${job} onChange=${onChange} />`}</td>
      <td class="count" data-label="time">${took(job)}</td>
      <td class="note"><span class="begun">${dayAndTime(job.created_at)}</span><br /><${KeyText} text=${job.started_by} /></td>
    </tr>`)}</tbody>
  </table>`;
}

/** @param {any} job */
function said(job) {
  if (job.state !== 'running') {
    return job.state === 'queued' ? 'waits' : outcome(job) || progressWords(job.progress);
  }
  const { eta_seconds: eta, per_second: rate } = job.progress;
  return `${progressWords(job.progress)}, ${number(rate)} a second${eta === null ? '' : `, ${duration(eta)} left`}`;
}

/** @param {any} job */
function took(job) {
  const from = Date.parse(job.started_at ?? job.created_at);
  return duration(((job.finished_at ? Date.parse(job.finished_at) : serviceTime()) - from) / 1000);
}
