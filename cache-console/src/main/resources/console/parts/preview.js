// What a change of many keys would concern.
import { readable } from '../base/criteria.js';
import { clock, count, dayAndTime, number, size } from '../base/formats.js';
import { html } from '../base/html.js';
import { EveryKey } from './filter-words.js';
import { KeyText } from './key-text.js';

const MOST_SHOWN = 10;

/**
 * @param {{preview: any, isEvery?: boolean, sizes?: Map<string, number>}} properties
 *     isEvery: whether it concerns every key that the caller may change; sizes: those of single keys, as far as they are known
 */
export function Preview({ preview, isEvery = false, sizes = new Map() }) {
  const facts = [
    ['Keys', number(preview.matched_count)],
    ['Size', size(preview.matched_bytes)],
    ['Servers', number(Object.values(preview.servers).filter((keys) => keys > 0).length)],
    ['Apps', number(preview.total_apps)],
    ['As of', clock(preview.as_of)],
  ];
  const sample = preview.sample.slice(0, MOST_SHOWN);
  const unknown = preview.unknown_count ?? 0;
  return html`${unknown > 0 && html`<p class="note">${count(unknown, 'selected key')} of ${number(preview.named_count)} ${unknown === 1 ? 'is' : 'are'} on no server any more, and counted below: somebody may store ${unknown === 1 ? 'it' : 'them'} again.</p>`}
    ${preview.incomplete?.map((why) => html`<p class="warning"><${KeyText} text=${why} /></p>`)}
    ${isEvery && html`<p class="warning">There is no filter: this concerns <${EveryKey} />.</p>`}
    <dl class="facts preview">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${preview.matched_count > 0 && html`<div class="columns">
      <${Counts} title="Largest apps" name="App" counts=${Object.fromEntries(Object.entries(preview.apps).map(([app, keys]) => [readable(app), keys]))} total=${preview.total_apps} />
      <${Counts} title="Servers" name="Server" counts=${preview.servers} total=${Object.keys(preview.servers).length} />
      <section>
        <h2>${preview.matched_count > sample.length ? 'A sample' : 'The keys'}</h2>
        <ul class="sample">${sample.map((key) => html`<li><${KeyText} text=${key} />${sizes.has(key) && html` <span class="note">${size(sizes.get(key))}</span>`}</li>`)}</ul>
      </section>
    </div>`}
    ${preview.plan_ends_at && html`<p class="note">Keys that match at the start are changed. If they are over a tenth more than here, nothing is changed.
      The preview holds until ${dayAndTime(preview.plan_ends_at)}.</p>`}`;
}

/** @param {{title: string, name: string, counts: Record<string, number>, total: number}} properties */
function Counts({ title, name, counts, total }) {
  const entries = Object.entries(counts).sort(([, one], [, other]) => other - one);
  const shown = entries.slice(0, MOST_SHOWN);
  return html`<section>
    <h2>${title}</h2>
    <table class="plain">
      <thead><tr><th scope="col">${name}</th><th scope="col" class="count">Keys</th></tr></thead>
      <tbody>${shown.map(([label, keys]) => html`<tr><td><${KeyText} text=${label} /></td><td class="count">${number(keys)}</td></tr>`)}</tbody>
    </table>
    ${total > shown.length && html`<p class="note">and ${count(total - shown.length, name.toLowerCase())} more</p>`}
  </section>`;
}
