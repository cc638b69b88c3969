// The first screen: whether all is well, at a glance.
import { Problem, address, get } from '../base/api.js';
import { ASK_NOTHING, useAnswer } from '../base/answer.js';
import { age, count, dayAndTime, duration, number, percent, size } from '../base/formats.js';
import { SPANS, historyAddress, interval, lossesAddress, lossesOf, pastOf, spanNamed } from '../base/history.js';
import { html, useMemo } from '../base/html.js';
import { useKeys } from '../base/keyboard.js';
import { fragment, go } from '../base/router.js';
import { may, poll, session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { lastGood, warningsOf } from '../base/warnings.js';
import { isAlive } from '../parts/job.js';
import { KeyText } from '../parts/key-text.js';
import { Notice } from '../parts/notice.js';
import { ServerCard } from '../parts/server-card.js';
import { Waiting } from '../parts/waiting.js';
import { Warnings } from '../parts/warnings.js';

const JOBS_MILLIS = 5_000;
const MINUTE_MILLIS = 60_000;

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function OverviewScreen({ parameters, caller }) {
  const { service, failure, statsAt } = useStore(session);
  if (!service) {
    return html`<${Waiting} what="the servers" />`;
  }
  // Another caller begins anew: what the one before saw is not for it.
  return html`<section class="overview" aria-label="Overview">
    <h1 class="unseen-title">Overview</h1>
    ${failure && html`<${Notice} failure=${failure} dataAt=${statsAt} onRetry=${poll} />`}
    <${Fleet} key=${caller} service=${service} span=${spanNamed(parameters.get('span'))} />
  </section>`;
}

/** @param {string} path below the API */
function ask(path) {
  return (signal) => get(address(path), signal);
}


/** @param {{service: any, span: any}} properties */
function Fleet({ service, span }) {
  const { stats, failure } = useStore(session);
  // What servers are like is for callers who see all apps.
  const isWhole = service.apps === null;
  const isManager = may(service, 'manage');
  const mayDump = may(service, 'dump');
  const isWell = failure === null;
  const downs = stats?.servers.filter((server) => !server.up).map((server) => server.address).join();
  const past = useAnswer(isWhole ? (signal) => get(historyAddress(span), signal).then((answer) => ({ answer, span })) : ASK_NOTHING, [span.name, isWell], interval(span));
  const events = useAnswer(isWhole ? (signal) => get(lossesAddress(), signal) : ASK_NOTHING, [isWell, downs], MINUTE_MILLIS);
  const check = useAnswer(isWhole ? ask('check/') : ASK_NOTHING, [isWell, downs], MINUTE_MILLIS);
  const dumps = useAnswer(ask('dumps/'), [isWell], MINUTE_MILLIS);
  const autoDump = useAnswer(ask('auto-dump/'), [isWell], MINUTE_MILLIS);
  const jobs = useAnswer(ask('jobs/'), [isWell], JOBS_MILLIS);
  const answers = [past, events, check, dumps, autoDump, jobs];
  useKeys(useMemo(() => ({
    r: () => {
      poll();
      answers.forEach((answer) => answer.reload());
    },
  }), answers.map((answer) => answer.reload)));

  // If no server answers, stats/ does not; check/ still says of each why.
  const servers = useMemo(() => serversOf(stats, check.data, failure), [stats, check.data, failure]);
  const pasts = useMemo(() => pastsOf(past.data), [past.data]);
  const losses = useMemo(() => lossesOf(events.data), [events.data]);
  const warnings = useMemo(() => warningsOf({
    servers, total: isWhole ? (stats?.total_keys ?? 0) : 0, check: check.data, dumps: dumps.data, autoDump: autoDump.data, pasts, losses, isManager, mayDump,
  }), [servers, stats, check.data, dumps.data, autoDump.data, pasts, losses, isWhole, isManager, mayDump]);
  if (!stats && servers.length === 0) {
    return !failure && html`<p class="empty" role="status">Asking for the servers…</p>`;
  }
  return html`<${Glance} stats=${stats} servers=${servers} dumps=${dumps} autoDump=${autoDump.data} isOld=${!isWell} isWhole=${isWhole} />
    <${Warnings} warnings=${warnings} isKnown=${isWell && isWhole && [events, check, dumps, autoDump].every((answer) => answer.at > 0)} />
    <${Refused} answers=${{ 'The past': past, 'The check of servers': check, Dumps: dumps, 'Automatic dumps': autoDump, Jobs: jobs }} isWell=${isWell} />
    <${Jobs} jobs=${jobs.data} />
    <div class="servers-title">
      <h2>Servers</h2>
      <span class="space"></span>
      ${isWhole
        ? html`<${Spans} span=${span} />`
        : html`<span class="note">You see the keys of <${KeyText} text=${service.apps.join(', ')} />. Only callers who see all apps see the figures of servers.</span>`}
    </div>
    <div class="servers-grid">
      ${servers.map((server) => html`<${ServerCard} key=${server.address} server=${server} past=${pasts.get(server.address) ?? null} span=${past.data?.span ?? span}
        isOld=${!isWell && server.up} isWhole=${isWhole} hasPast=${isWhole && past.at > 0}
        tracking=${stats?.tracking.servers.find((known) => known.address === server.address)} />`)}
    </div>`;
}

/** @param {any} stats @param {any} check @param {any} failure */
function serversOf(stats, check, failure) {
  const areAllDown = failure instanceof Problem && failure.kind === 'store-unavailable';
  if (check && (!stats || areAllDown)) {
    return check.servers.map((server) => ({
      ...(stats?.servers.find((known) => known.address === server.address) ?? server),
      up: server.up,
      problem: server.up ? undefined : server.risks[0],
    }));
  }
  return stats?.servers ?? [];
}

/** @param {any} data @returns {Map<string, import('../base/history.js').Past>} */
function pastsOf(data) {
  return new Map((data?.answer.servers ?? []).map((server) => [server.address, pastOf(data.answer, server.address, data.span)]));
}

/** @param {{span: any}} properties */
function Spans({ span }) {
  return html`<div class="segments" role="group" aria-label="Time that the charts show">
    ${SPANS.map((one) => html`<button aria-pressed=${one.name === span.name} onClick=${() => go(fragment('/', { span: one.name }), { replace: true })}>${one.label}</button>`)}
  </div>`;
}

/** What could not be found out, in a line each. @param {{answers: Record<string, import('../base/answer.js').Answer>, isWell: boolean}} properties */
function Refused({ answers, isWell }) {
  const refused = Object.entries(answers).filter(([, answer]) => answer.failure !== null);
  // If the service is gone, one notice is enough.
  if (!isWell || refused.length === 0) {
    return null;
  }
  return html`<ul class="refused" role="status">
    ${refused.map(([name, answer]) => html`<li class="note">${name}: <${KeyText} text=${answer.failure.message} />${answer.at > 0 && ` What is shown is from ${dayAndTime(answer.at)}.`}</li>`)}
  </ul>`;
}

/** The fleet in five numbers. */
function Glance({ stats, servers, dumps, autoDump, isOld, isWhole }) {
  const up = servers.filter((server) => server.up);
  const limited = up.filter((server) => server.limit_bytes && server.bytes !== null);
  const sum = (name) => limited.reduce((total, server) => total + server[name], 0);
  const reads = up.reduce((total, server) => total + (server.hits ?? 0) + (server.misses ?? 0), 0);
  const hits = up.reduce((total, server) => total + (server.hits ?? 0), 0);
  const tiles = [
    ['Keys', stats ? html`<a href="#/keys">${number(stats.total_keys)}</a>` : '–', stats ? (!stats.tracking.complete ? 'some may be missing' : isWhole ? 'all that there are' : 'all of your apps') : 'unknown'],
    ['Servers up', isOld && up.length > 0 ? '?' : `${up.length} of ${servers.length}`, isOld ? 'as last heard' : up.length === servers.length ? 'all answer' : 'see below'],
    ['Memory', limited.length > 0 ? percent(sum('bytes') / sum('limit_bytes')) : '–', limited.length > 0 ? `${size(sum('bytes'))} of ${size(sum('limit_bytes'))}` : isWhole ? 'no limit is known' : 'not shown to you'],
    ['Hit ratio', reads > 0 ? percent(hits / reads) : '–', reads > 0 ? `of ${count(reads, 'read')} since start` : isWhole ? 'nothing was read' : 'not shown to you'],
    ['Last dump', ...lastDump(dumps, autoDump)],
  ];
  return html`<dl class=${isOld ? 'glance old' : 'glance'}>
    ${tiles.map(([name, value, note]) => html`<div data-tile=${name}><dt>${name}</dt><dd><b>${value}</b><span class="note">${note}</span></dd></div>`)}
  </dl>`;
}

/** @param {import('../base/answer.js').Answer} dumps @param {any} autoDump */
function lastDump(dumps, autoDump) {
  if (!dumps.data) {
    return ['–', dumps.failure ? 'unknown' : ''];
  }
  const good = lastGood(dumps.data);
  const plan = autoDump?.running ? `every ${duration(autoDump.interval_seconds)}` : 'none is planned';
  if (!good) {
    return ['none', plan];
  }
  const when = `${duration(age(good.created_at))} ago`;
  const what = good.entries === null ? '' : `${count(good.entries, 'key')}, ${size(good.bytes)} · `;
  return [html`<a href="#/dumps">${when}</a>`, `${what}${plan}`];
}

/** Those that run or wait. @param {{jobs: any}} properties */
function Jobs({ jobs }) {
  const active = (jobs?.jobs ?? []).filter(isAlive);
  if (active.length === 0) {
    return null;
  }
  return html`<section class="running-jobs" aria-label="Running jobs">
    <h2><a href="#/jobs">Running jobs</a></h2>
    <ul>
      ${active.map((job) => html`<li key=${job.id}>
        <b>${job.kind}</b> <${KeyText} text=${job.about} />
        <progress aria-label=${`Progress of ${job.kind}`} value=${job.progress.expected ? job.progress.done : undefined} max=${job.progress.expected || 1}></progress>
        <span class="note">${job.state === 'queued' ? 'waits' : progressOf(job.progress)} · by <${KeyText} text=${job.started_by} /></span>
      </li>`)}
    </ul>
  </section>`;
}

/** @param {any} progress */
function progressOf(progress) {
  const parts = [`${number(progress.done)}${progress.expected === null ? '' : ` of ${number(progress.expected)}`}`];
  if (progress.eta_seconds !== null) {
    parts.push(`${duration(progress.eta_seconds)} left`);
  }
  return parts.join(', ');
}
