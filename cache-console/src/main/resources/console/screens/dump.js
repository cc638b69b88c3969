// One dump: what it is, its keys, how it differs from now, and how it is restored.
import { get, send } from '../base/api.js';
import { ASK_NOTHING, useAct, useAnswer, useTold } from '../base/answer.js';
import { dumpAddress, dumpFragment, unknownOfDump } from '../base/dumps.js';
import { age, dayAndTime, duration, number, size } from '../base/formats.js';
import { html, useMemo, useState } from '../base/html.js';
import { useKeys } from '../base/keyboard.js';
import { back, go } from '../base/router.js';
import { may, session, whyNot } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Damages } from '../parts/damages.js';
import { DeleteDump } from '../parts/delete-dump.js';
import { Dialog } from '../parts/dialog.js';
import { DownloadDump } from '../parts/download-dump.js';
import { DumpAccount } from '../parts/dump-account.js';
import { DumpKeys } from '../parts/dump-keys.js';
import { DumpMarks } from '../parts/dump-marks.js';
import { Icon } from '../parts/icons.js';
import { JobById } from '../parts/job.js';
import { KeyText } from '../parts/key-text.js';
import { Misspelt } from '../parts/misspelt.js';
import { Notice } from '../parts/notice.js';
import { Restore } from '../parts/restore.js';

const VIEWS = [
  ['about', 'About'],
  ['keys', 'Keys'],
  ['diff', 'Compare'],
  ['restore', 'Restore'],
];

/** @param {{name: string, parameters: URLSearchParams, caller?: string}} properties */
export function OneDump({ name, parameters, caller }) {
  const { service } = useStore(session);
  const [isDeleting, setDeleting] = useState(false);
  const isManager = may(service, 'manage');
  // A dump has the keys of all apps.
  const isWhole = service?.apps === null;
  const { data, at, failure, reload } = useAnswer(isWhole ? async (signal) => get(dumpAddress(name), signal) : ASK_NOTHING, [name, caller, isWhole]);
  useTold(() => reload());
  useKeys(useMemo(() => ({
    Escape: () => back('#/dumps'),
    r: () => reload(),
    ...(isManager && isWhole && data && { Delete: () => setDeleting(true) }),
  }), [reload, isManager, isWhole, data]));
  // What became of a restore is for everybody, as in the list of jobs.
  const isOfJob = parameters.get('view') === 'restore' && parameters.get('job') !== null;
  const views = VIEWS.filter(([view]) => (view !== 'restore' || isManager || isOfJob) && (view !== 'about' || isWhole));
  const view = views.find(([each]) => each === parameters.get('view'))?.[0] ?? views[0][0];
  const unknown = unknownOfDump(parameters);
  const refusals = [...new Set([whyNot(service, 'manage'), whyNot(service, 'download')])].filter(Boolean);
  return html`<section class="dump" aria-label="Dump">
    <p><a class="back quiet" href="#/dumps"><${Icon} name="back" />Dumps</a></p>
    <h1><${KeyText} text=${name} /></h1>
    ${data && html`<p><${DumpMarks} dump=${data} /></p>`}
    ${service && !isWhole && html`<p class="note">What the dump is as a whole is for callers who see all apps. Its keys of your apps are below.</p>`}
    ${failure && html`<${Notice} failure=${failure} dataAt=${at} onRetry=${() => reload()} />`}
    ${isWhole && !data && !failure && html`<p class="empty" role="status">Checking the dump…</p>`}
    ${service && ![400, 404].includes(failure?.status) && html`
      <div class="acts">
        ${may(service, 'download') && html`<${DownloadDump} name=${name} />`}
        ${isManager && isWhole && data && html`<button class="danger" onClick=${() => setDeleting(true)}>Delete…</button>`}
      </div>
      ${refusals.map((refusal) => html`<p class="note">${refusal}</p>`)}
      <nav class="tabs" aria-label="Parts of the dump">${views.map(([each, title]) =>
        html`<a href=${dumpFragment(name, { view: each === VIEWS[0][0] ? null : each })} aria-current=${each === view && unknown.length === 0 ? 'page' : undefined}>${title}</a>`)}</nav>
      ${unknown.length > 0
        ? html`<${Misspelt} names=${unknown} href=${dumpFragment(name)}>Go to the dump<//>`
        : html`${view === 'about' && data && html`<${About} dump=${data} />`}
          ${view === 'keys' && html`<${DumpKeys} name=${name} parameters=${parameters} caller=${caller} />`}
          ${view === 'diff' && html`<${Compare} name=${name} job=${parameters.get('job')} />`}
          ${view === 'restore' && html`<${Restore} mayRestore=${isManager} name=${name} shown=${data?.created_at} onOther=${() => reload()} parameters=${parameters} mayBeDamaged=${!isWhole || data?.valid === false} />`}`}`}
    ${isDeleting && html`<${DeleteDump} dump=${{ ...data, name }} onClose=${() => { setDeleting(false); reload(); }}
      onDeleted=${() => { setDeleting(false); go('#/dumps', { replace: true }); }} />`}
  </section>`;
}

/** @param {{dump: any}} properties */
function About({ dump }) {
  const facts = [
    ['Entries', number(dump.entries)],
    ['Size', size(dump.bytes)],
    ['Made', dayAndTime(dump.created_at)],
    ['Age', duration(age(dump.created_at))],
    ['By version', html`<${KeyText} text=${dump.product} />`],
    ['Servers', number(dump.servers.length)],
  ];
  return html`<dl class="facts account">${facts.map(([fact, value]) => html`<div><dt>${fact}</dt><dd>${value}</dd></div>`)}</dl>
    ${!dump.valid && html`<div class="notice bad" data-state="damaged"><${Icon} name="warning" /><div><strong>The dump is damaged</strong>
      <p>It is not restored as it is. Restore with <i>Salvage</i> takes what is intact.</p></div></div>`}
    ${dump.damages.length > 0 && html`<${Damages} damages=${dump.damages} />`}
    <h2>Servers</h2>
    ${dump.account
      ? html`<${DumpAccount} servers=${dump.account} />`
      : html`<ul class="sample">${dump.servers.map((server) => html`<li><${KeyText} text=${server} /></li>`)}</ul>
          <p class="note">The dump has no account of its servers.</p>`}`;
}

/** @param {{name: string, job: string | null}} properties */
function Compare({ name, job }) {
  const { service } = useStore(session);
  const [isAsked, setAsked] = useState(false);
  const [ended, setEnded] = useState(/** @type {string | null} */ (null));
  const { isRunning, failure, run } = useAct(`Compare dump ${name}`);
  const start = () => run(async () => {
    const begun = await send('POST', dumpAddress(name, 'diff/', { async: true }), null);
    return () => go(dumpFragment(name, { view: 'diff', job: begun.id }), { replace: true });
  });
  return html`<section aria-label="Compare">
    <p class="acts"><button class=${job ? '' : 'primary'} onClick=${service?.environment === 'production' ? () => setAsked(true) : start} disabled=${isRunning || ended !== job}>${job ? 'Compare again' : 'Compare with the cache now'}</button>
      <span class="note">It reads every key on the servers. They count that as hits, and then no key is unread any more.</span></p>
    ${isAsked && html`<${Dialog} title="Read every key in production?" onClose=${() => setAsked(false)}>
      <p>No key is changed. But the servers count each read as a hit: the hit ratio rises, every key counts as fetched, and what they evict next may be another.</p>
      <p class="actions"><button onClick=${() => setAsked(false)} data-first>Leave it</button>
        <button onClick=${() => { setAsked(false); start(); }}>Read and compare</button></p>
    <//>`}
    ${failure && html`<${Notice} failure=${failure} onRetry=${start} />`}
    ${job && html`<${JobById} key=${job} id=${job} kind="diff" onEnd=${() => setEnded(job)} />`}
  </section>`;
}
