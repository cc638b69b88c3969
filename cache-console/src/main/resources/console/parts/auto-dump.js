// Automatic dumps: their state, and what changes it.
import { address, get, send } from '../base/api.js';
import { useAct, useAnswer } from '../base/answer.js';
import { count, dayAndTime, duration, millis, number, parseDuration, size, written } from '../base/formats.js';
import { html, useEffect, useRef, useState } from '../base/html.js';
import { serviceTime } from '../base/service-time.js';
import { may, session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';
import { Notice } from './notice.js';

const POLL_MILLIS = 5_000;
/** As the service has it. */
const MOST_SECONDS = 2_678_400;

/** @param {{caller?: string, onDump: () => void}} properties onDump: called when there is another one */
export function AutoDump({ caller, onDump }) {
  const { service } = useStore(session);
  const { data, at, failure, reload } = useAnswer((signal) => get(address('auto-dump/'), signal), [caller], () => POLL_MILLIS);
  const [changed, setChanged] = useState(null);
  // What was answered last, whatever asked.
  const state = changed && data !== null && changed.at > at ? changed.data : data;
  const last = state?.last_dump?.finished_at ?? '';
  const isKnown = Boolean(state);
  const before = useRef('');
  useEffect(() => {
    if (isKnown && before.current !== '' && before.current !== `at ${last}`) {
      onDump();
    }
    before.current = isKnown ? `at ${last}` : '';
  }, [isKnown, last]);
  return html`<section class="auto-dump" aria-labelledby="auto-dump">
    <h2 id="auto-dump">Automatic dumps</h2>
    ${failure && html`<${Notice} failure=${failure} dataAt=${at} onRetry=${() => reload()} />`}
    ${state && html`<${State} state=${state} />`}
    ${state && may(service, 'dump') && html`<${Controls} key=${state.interval_seconds} state=${state}
      onChange=${(data) => setChanged({ data, at: serviceTime() })} />`}
  </section>`;
}

/** @param {{state: any}} properties */
function State({ state }) {
  const { last_dump: last } = state;
  const facts = [
    ['State', state.running ? 'on' : 'off'],
    ['Every', duration(state.interval_seconds)],
    ['Next', state.next_dump_at ? dayAndTime(state.next_dump_at) : '–'],
    ['Last', last ? dayAndTime(last.finished_at) : 'none yet'],
    ...(state.made_by ? [['Made by', html`<${KeyText} text=${state.made_by} />`]] : []),
  ];
  return html`<dl class="facts account">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${last?.ok && html`<p class="note">The last one has ${count(last.entries, 'entry', 'entries')} in ${size(last.bytes)}, made in ${millis(last.duration_ms)}.</p>`}
    ${last && !last.ok && html`<div class="notice bad" data-kind="auto-dump"><${Icon} name="warning" /><div>
      <strong>The last one failed${state.consecutive_failures > 1 ? `, and ${number(state.consecutive_failures - 1)} before it` : ''}</strong>
      <p><${KeyText} text=${last.error ?? ''} /></p></div></div>`}
    ${state.too_few_changes !== null && html`<p class="note">There were only ${count(state.too_few_changes, 'change')} since the last dump, so none was made.</p>`}`;
}

/** @param {{state: any, onChange: (state: any) => void}} properties */
function Controls({ state, onChange }) {
  const setting = useAct('Start or change automatic dumps');
  const stopping = useAct('Stop automatic dumps');
  useEffect(() => {
    // It is done, whoever did it: to try it again would be another act.
    setting.forget();
    stopping.forget();
  }, [state.running]);
  const isRunning = setting.isRunning || stopping.isRunning;
  const [text, setText] = useState(written(state.interval_seconds));
  const seconds = parseDuration(text);
  const isBad = seconds === null || seconds < 1 || seconds > MOST_SECONDS;
  /** @param {string} method @param {object | null} body */
  const change = async (method, body) => {
    const answer = await send(method, address('auto-dump/'), body);
    return () => onChange(answer);
  };
  /** What failed, as it was asked for: somebody else may have stopped them meanwhile. */
  const last = useRef(/** @type {() => Promise<void | (() => void)>} */ (() => Promise.resolve()));
  const apply = () => {
    const method = state.running ? 'PUT' : 'POST';
    last.current = () => change(method, { interval_seconds: seconds });
    stopping.forget();
    setting.run(last.current);
  };
  const stop = () => {
    setting.forget();
    stopping.run(() => change('DELETE', null));
  };
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    if (!isBad) {
      apply();
    }
  };
  return html`<form class="acts" aria-label="Automatic dumps" onSubmit=${submit}>
      <label>Every <input name="interval" size="8" autocomplete="off" value=${text} aria-invalid=${isBad} aria-describedby="interval-fault"
        onInput=${(event) => { setText(event.target.value); setting.forget(); }} /></label>
      <button disabled=${isRunning || isBad || (state.running && seconds === state.interval_seconds)}>${state.running ? 'Change' : 'Start'}</button>
      ${state.running && html`<button type="button" disabled=${isRunning} onClick=${stop}>Stop</button>`}
      <span id="interval-fault" class="failure" role="alert">${isBad ? 'Write it like 90s, 5m, 2h or 1d, up to 31d.' : ''}</span>
    </form>
    ${setting.failure && html`<${Notice} failure=${setting.failure} onRetry=${() => setting.run(last.current)} />`}
    ${stopping.failure && html`<${Notice} failure=${stopping.failure} onRetry=${stop} />`}`;
}
