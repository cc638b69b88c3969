// Deletes many keys or gives them a new lifetime: what they are is shown first, and done only after
// somebody has typed how many they are.
import { address, isUnknown, send } from '../base/api.js';
import { useAct } from '../base/answer.js';
import { Criteria } from '../base/criteria.js';
import { count, duration, parseCount, written } from '../base/formats.js';
import { html, useEffect, useMemo, useRef, useState } from '../base/html.js';
import { outdateList } from '../base/key-list.js';
import { useKeys } from '../base/keyboard.js';
import { accountWords } from '../base/outcomes.js';
import { isPressable } from '../base/presses.js';
import { back, disownView, fragment, go, isOwnView } from '../base/router.js';
import { clearSelection, named, selection } from '../base/selection.js';
import { may, onOtherCaller, session, whyNot } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Account } from '../parts/account.js';
import { Confirm } from '../parts/confirm.js';
import { FilterWords } from '../parts/filter-words.js';
import { Icon } from '../parts/icons.js';
import { JobById } from '../parts/job.js';
import { LifetimeField, parseLifetime } from '../parts/lifetime.js';
import { Misspelt } from '../parts/misspelt.js';
import { Notice } from '../parts/notice.js';
import { Preview } from '../parts/preview.js';

const ACTIONS = {
  delete: { title: 'Delete keys', verb: 'Delete', done: 'deleted', method: 'DELETE', named: 'keys/delete/' },
  refresh: { title: 'New lifetime for keys', verb: 'Change', done: 'changed', method: 'PUT', named: 'keys/refresh/' },
};

// A preview is in the audit log under the name of whoever asks for it.
onOtherCaller(disownView);

/** What the address has beside the filter. */
const OWN = ['action', 'job', 'selected', 'timeout', 'jitter', 'rate'];

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function ChangeScreen({ parameters }) {
  const { service } = useStore(session);
  const criteria = useMemo(() => new Criteria(parameters), [parameters.toString()]);
  const asked = parameters.get('action') ?? 'delete';
  const name = asked === 'refresh' ? 'refresh' : 'delete';
  const unknown = [...parameters].filter(([each, value]) => value === '' || !(OWN.includes(each) || criteria.knows(each))).map(([each]) => each);
  const job = parameters.get('job');
  const isNamed = parameters.get('selected') === 'true';
  const timeout = parameters.get('timeout');
  const list = fragment('/keys', criteria.filter);
  useKeys(useMemo(() => ({ Escape: () => back(list) }), [list]));
  /** @param {Record<string, unknown>} changes @param {{replace?: boolean}} [how] */
  const change = (changes, how) => go(fragment('/change', { ...Object.fromEntries(parameters), ...changes }), how);
  const here = parameters.toString();
  const [pressed, setPressed] = useState(/** @type {string | null} */ (null));
  const last = useRef(here);
  if (last.current !== here) {
    // A step back to a view is no press there.
    last.current = here;
    setPressed(null);
  }
  const [isTyped, setTyped] = useState(false);
  const isAsked = pressed === here || isNamed || isOwnView();
  const isReady = name === 'delete' || (timeout !== null && isAsked);
  const isAllowed = service === null || may(service, 'manage');
  const body = { ...(name === 'refresh' && { timeout: timeout === 'never' ? null : /^\d+$/.test(timeout) ? Number(timeout) : timeout, jitter: Number(parameters.get('jitter') ?? 0) }) };
  const selected = parameters.get('selected') ?? 'true';
  if (!Object.hasOwn(ACTIONS, asked) || selected !== 'true' || unknown.length > 0) {
    return html`<${Misspelt} names=${unknown.length > 0 ? unknown : selected !== 'true' ? [`selected=${selected}`] : [asked]} href="#/keys">Go to the keys<//>`;
  }
  const key = JSON.stringify([criteria.filterId, name, body, isNamed]);
  return html`<section class="change" aria-label=${ACTIONS[name].title}>
    <p><a class="back quiet" href=${list}><${Icon} name="back" />Keys</a></p>
    <h1>${ACTIONS[name].title}</h1>
    ${!isNamed && !job && html`<${FilterWords} criteria=${criteria} />`}
    ${name === 'refresh' && isAllowed && !job && html`<${Lifetime} parameters=${parameters} isReady=${isReady} onTyped=${setTyped}
      onLifetime=${(values) => { setPressed(here); change({ ...values }, { replace: true }); }} />`}
    ${service && job && html`<${JobById} id=${job} kind=${name} onEnd=${outdateList} anew=${isAllowed ? fragment('/change', { ...Object.fromEntries(parameters), job: null }) : ''} />`}
    ${!isAllowed
      ? html`<p class="note">${whyNot(service, 'manage')}</p>`
      : service && !job && isReady && (!isAsked
        ? html`<p class="acts"><button class="primary" onClick=${() => setPressed(here)}>Preview</button></p>
            <p class="note">The preview looks at every key of every server, and changes nothing.</p>`
        : isNamed
          ? html`<${Named} key=${key} action=${ACTIONS[name]} body=${body} isAsIs=${!isTyped} />`
          : html`<${Matching} key=${key} action=${ACTIONS[name]} criteria=${criteria} body=${body} isAsIs=${!isTyped} rate=${parameters.get('rate') ?? ''}
              onJob=${(id, rate) => change({ job: id, rate }, { replace: true })} />`)}
  </section>`;
}

/**
 * @param {{parameters: URLSearchParams, isReady: boolean, onTyped: (isTyped: boolean) => void, onLifetime: (values: {timeout: string, jitter: string | null}) => void}} properties
 *     onTyped: called with whether the fields say something else than the address
 */
function Lifetime({ parameters, isReady, onTyped, onLifetime }) {
  const { service } = useStore(session);
  const given = parameters.get('timeout');
  const isSeconds = given !== null && /^0*[1-9]\d*$/.test(given);
  const [text, setText] = useState(isSeconds ? written(Number(given)) : (given ?? '1h'));
  const [percent, setPercent] = useState(String(Number((Number(parameters.get('jitter') ?? 0) * 100).toFixed(6))));
  const [faults, setFaults] = useState({ text: false, percent: false });
  const seconds = parseLifetime(text, service);
  const isTyped = (seconds === null ? 'never' : String(seconds)) !== given || Number(percent) !== Number((Number(parameters.get('jitter') ?? 0) * 100).toFixed(6));
  useEffect(() => onTyped(isTyped), [isTyped]);
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    const share = Number(percent);
    const found = { text: seconds === undefined, percent: !(share >= 0 && share <= 100) };
    setFaults(found);
    if (!found.text && !found.percent) {
      onLifetime({ timeout: seconds === null ? 'never' : String(seconds), jitter: share > 0 ? String(share / 100) : null });
    }
  };
  return html`<form class="box" aria-label="Lifetime" onSubmit=${submit}>
    <div class="fields">
      <${LifetimeField} text=${text} onText=${setText} isBad=${faults.text} />
      <label class="field">Shortened at random by up to
        <span><input inputmode="numeric" size="4" value=${percent} aria-invalid=${faults.percent} onInput=${(event) => setPercent(event.target.value)} /> %</span>
      </label>
      <button class=${isReady ? '' : 'primary'}>Preview</button>
    </div>
    ${faults.percent && html`<p class="failure" role="alert">The share is a number from 0 to 100.</p>`}
    <p class="note">${isReady && isTyped ? 'Press Preview to see what this would do.' : isSeconds ? `The keys will expire in ${duration(Number(given))}.` : given === 'never' ? 'The keys will never expire.' : 'If they are shortened, not all of the keys expire at once.'}</p>
  </form>`;
}

/** All keys that a filter finds: a plan, then a job. */
function Matching({ action, criteria, body, isAsIs, rate: given, onJob }) {
  const asking = useAct();
  const [preview, setPreview] = useState(null);
  const starting = useAct(preview ? `${action.title}: ${count(preview.matched_count, 'key')}` : '');
  const [rate, setRate] = useState(given);
  const manage = address('pattern/manage/');
  const ask = () => asking.run(async () => {
    setPreview(await send(action.method, manage, { ...criteria.body, ...body, dry_run: true, fresh: true }, { isTrial: true }));
    starting.forget();
  });
  useEffect(() => {
    ask();
  }, []);
  const isRate = rate.trim() === '' || parseCount(rate) > 0;
  const start = () => starting.run(async () => {
    const limit = rate.trim() === '' ? {} : { rate: parseCount(rate) };
    try {
      const begun = await send(action.method, address('pattern/manage/', { async: true }), { plan: preview.plan, ...limit });
      return () => {
        clearSelection();
        onJob(begun.id, rate.trim());
      };
    } finally {
      outdateList();
    }
  });
  return html`
    ${asking.failure && html`<${Notice} failure=${asking.failure} dataAt=${preview ? Date.parse(preview.as_of) : 0} onRetry=${ask} />`}
    ${!preview && !asking.failure && html`<p class="empty" role="status">Looking at every key of every server…</p>`}
    ${preview && html`<${Preview} preview=${preview} isEvery=${criteria.isAll} />
      <p class="acts"><button onClick=${ask} disabled=${asking.isRunning || starting.isRunning || isUnknown(starting.failure)}>Preview again</button></p>
      ${starting.failure && html`<${Notice} failure=${starting.failure} onRetry=${ask} />`}
      ${isPressable(starting.failure) && html`<${Confirm} key=${preview} verb=${action.verb} keys=${preview.matched_count} isRunning=${starting.isRunning} isReady=${isRate && isAsIs && !asking.isRunning} onConfirm=${start}>
        <label class="field">At most this number of keys a second
          <input inputmode="numeric" size="10" placeholder="no limit" value=${rate} aria-invalid=${!isRate} onInput=${(event) => setRate(event.target.value)} />
          ${!isRate && html`<span class="failure" role="alert">Write a whole number such as 5000, or nothing.</span>`}
        </label>
      <//>`}`}`;
}

/** Keys that were selected one by one: changed at once, in one request. */
function Named({ action, body, isAsIs }) {
  const { rows } = useStore(selection);
  const [chosen] = useState([...rows.values()]);
  const asking = useAct();
  const starting = useAct(`${action.title}: ${count(chosen.length, 'selected key')}`);
  const [preview, setPreview] = useState(null);
  const [account, setAccount] = useState(null);
  const ask = () => asking.run(async () => {
    setPreview(await send('POST', address(action.named), { ...named(chosen), ...body, dry_run: true }, { isTrial: true }));
    setAccount(null);
    starting.forget();
  });
  useEffect(() => {
    if (chosen.length > 0) {
      ask();
    }
  }, []);
  const start = () => starting.run(async () => {
    try {
      const done = await send('POST', address(action.named), { ...named(chosen), ...body });
      return {
        next: () => {
          setAccount(done);
          clearSelection();
        },
        said: accountWords(done, action.done),
      };
    } catch (refusal) {
      // The account of what was done comes with it.
      setAccount(refusal.body?.matched_count === undefined ? null : refusal.body);
      throw refusal;
    } finally {
      outdateList();
    }
  });
  if (chosen.length === 0) {
    return html`<p class="empty">No key is selected. What was selected by hand is forgotten when the page is loaded again. <a href="#/keys">Select some</a>, or filter the list.</p>`;
  }
  return html`
    ${asking.failure && html`<${Notice} failure=${asking.failure} dataAt=${preview ? Date.parse(preview.as_of) : 0} onRetry=${ask} />`}
    ${starting.failure && html`<${Notice} failure=${starting.failure} onRetry=${ask} />`}
    ${account
      ? html`<${Account} account=${account} onRest=${starting.failure ? ask : null} />`
      : preview && html`<${Preview} preview=${preview} sizes=${new Map(chosen.map((row) => [row.key, row.size_bytes]))} />
          <p class="acts"><button onClick=${ask} disabled=${asking.isRunning || starting.isRunning || isUnknown(starting.failure)}>Preview again</button></p>
          ${isPressable(starting.failure) && html`<${Confirm} key=${preview} verb=${action.verb} keys=${preview.matched_count === 0 ? 0 : preview.matched_count + preview.unknown_count} isRunning=${starting.isRunning} isReady=${isAsIs && !asking.isRunning} onConfirm=${start} />`}`}`;
}
