// Restores entries of a dump: first a dry run, then somebody types how many entries, then a job.
import { address, isUnknown, send } from '../base/api.js';
import { useAct } from '../base/answer.js';
import { DUMP_FILTERS, dumpCriteria, dumpFragment, restoreBody, restoreChoice } from '../base/dumps.js';
import { count, written } from '../base/formats.js';
import { html, useMemo, useState } from '../base/html.js';
import { outdateList } from '../base/key-list.js';
import { useKeys } from '../base/keyboard.js';
import { isPressable } from '../base/presses.js';
import { go } from '../base/router.js';
import { Confirm } from './confirm.js';
import { JobById } from './job.js';
import { RestoreForm } from './restore-form.js';
import { Notice } from './notice.js';
import { Filters, Search, focusSearch } from './search.js';

/**
 * @param {{name: string, mayRestore: boolean, shown?: string, parameters: URLSearchParams, mayBeDamaged: boolean, onOther: () => void}} properties
 *     shown: the time of the dump that the page shows, if it does; onOther: called when the name is that of another by now
 */
export function Restore({ name, mayRestore, shown, parameters, mayBeDamaged, onOther }) {
  const criteria = useMemo(() => dumpCriteria(parameters), [parameters.toString()]);
  const choice = restoreChoice(parameters);
  const job = parameters.get('job');
  const [isReady, setReady] = useState(true);
  const [isSearched, setSearched] = useState(true);
  useKeys(useMemo(() => (job ? {} : { '/': focusSearch }), [job]));
  const chosen = {
    ...criteria.values,
    mode: choice.mode === 'add' ? null : choice.mode,
    ttl: choice.ttl === 'keep' ? null : choice.ttl,
    placement: choice.placement === 'origin' ? null : choice.placement,
    cold: choice.cold || null,
    salvage: choice.salvage || null,
  };
  /** @param {Record<string, unknown>} changes */
  const change = (changes) => go(dumpFragment(name, { view: 'restore', ...chosen, ...changes }), { replace: true });
  /** @param {any} ended */
  const end = (ended) => {
    outdateList();
    if (ended?.error?.status === 412) {
      onOther();
    }
  };
  if (job) {
    return html`<section aria-label="Restore"><${JobById} id=${job} kind="restore" onEnd=${end} />
      ${mayRestore && html`<p class="acts"><button onClick=${() => change({ job: null })}>Restore more</button></p>`}</section>`;
  }
  const isExpired = /^\d+$/.test(choice.ttl);
  return html`<section aria-label="Restore">
    <${RestoreForm} choice=${choice} mayBeDamaged=${mayBeDamaged} onChange=${change} onTyped=${setReady} text=${isExpired ? written(Number(choice.ttl)) : ''} />
    <p class="label" id="which">Which entries: all, unless you choose</p>
    <div class="tools" role="group" aria-labelledby="which">
      <${Search} parameters=${parameters} isBad=${false} onLeave=${() => {}} onSearch=${change} onTyped=${(isTyped) => setSearched(!isTyped)} />
      <${Filters} criteria=${criteria} servers=${[]} filters=${DUMP_FILTERS} onFilter=${(filter, value) => change({ [filter]: value })} />
    </div>
    ${isReady && isSearched && html`<${Trial} key=${JSON.stringify(chosen)} name=${name} shown=${shown} criteria=${criteria} choice=${choice} onEnd=${end} onJob=${(id) => change({ job: id })} />`}
  </section>`;
}

/** A dry run of exactly this choice, and what follows it. */
function Trial({ name, shown, criteria, choice, onEnd, onJob }) {
  const trying = useAct();
  const starting = useAct(`Restore from dump ${name}`);
  const [trial, setTrial] = useState('');
  const [hasEnded, setEnded] = useState(true);
  const [account, setAccount] = useState(null);
  /** @param {any} tried as restoreBody has it @returns {Promise<string>} the job */
  const begin = async (tried) => {
    const body = restoreBody(name, criteria, choice, tried, shown);
    return (await send('POST', address('restore/', { async: true }), body, { isTrial: tried === null })).id;
  };
  const attempt = () => trying.run(async () => {
    setAccount(null);
    setTrial('');
    starting.forget();
    setTrial(await begin(null));
    setEnded(false);
  });
  const start = () => starting.run(async () => {
    try {
      const id = await begin(account);
      return () => onJob(id);
    } finally {
      outdateList();
    }
  });
  /** @param {any} job null if nobody knows it any more */
  const endTrial = (job) => {
    setEnded(true);
    // What was broken off, by a person or a fault, has not counted all.
    setAccount(job?.state === 'done' ? job.result : null);
    onEnd(job);
  };
  return html`<p class="acts"><button class=${account ? '' : 'primary'} onClick=${attempt} disabled=${trying.isRunning || !hasEnded || starting.isRunning || isUnknown(starting.failure)}>Dry run</button>
      <span class="note">Nothing is restored yet; you see how many entries would be.</span></p>
    ${trying.failure && html`<${Notice} failure=${trying.failure} onRetry=${attempt} />`}
    ${trial && html`<${JobById} key=${trial} id=${trial} onEnd=${endTrial} />`}
    ${starting.failure && html`<${Notice} failure=${starting.failure} onRetry=${attempt} />`}
    ${account && isPressable(starting.failure) && (account.restored > 0
      ? html`${choice.mode === 'replace' && html`<p class="warning">Keys that exist are overwritten with what the dump has.</p>`}
          <${Confirm} verb="Restore" keys=${account.restored} one="entry" many="entries" isRunning=${starting.isRunning} isReady=${true} onConfirm=${start} />`
      : html`<p class="note" data-state="nothing">There is nothing to restore${account.skipped.exists > 0 ? `: ${count(account.skipped.exists, 'key')} exist already` : ''}.</p>`)}`;
}
