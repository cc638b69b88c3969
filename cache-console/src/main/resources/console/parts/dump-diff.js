// How a dump differs from what the servers hold now.
import { count, dayAndTime, number } from '../base/formats.js';
import { dumpFragment } from '../base/dumps.js';
import { html } from '../base/html.js';
import { keyFragment } from '../base/router.js';
import { KeyText } from './key-text.js';

/** @param {{account: any}} properties */
export function Diff({ account }) {
  const facts = [
    ['Same', number(account.same)],
    ['Changed', number(account.changed)],
    ['Only in the dump', number(account.only_in_dump)],
    ['Only live', number(account.only_live)],
    ['Expired since', number(account.expired)],
  ];
  const isSame = account.changed + account.only_in_dump + account.only_live === 0;
  /** What is not live is looked up in the dump. @param {any} row */
  const inDump = (row) => (row.key_base64 ? null : dumpFragment(account.name, { view: 'keys', prefix: row.key }));
  return html`<p>Dump <a href=${dumpFragment(account.name)}><${KeyText} text=${account.name} /></a> of ${dayAndTime(account.created_at)}</p>
    <dl class="facts account">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
    ${isSame && html`<p class="note">Nothing differs.</p>`}
    <div class="columns">
      <${Kind} title="Changed" rows=${account.changed_keys} all=${account.changed} target=${keyFragment} />
      <${Kind} title="Only in the dump" rows=${account.only_in_dump_keys} all=${account.only_in_dump} target=${inDump} />
      <${Kind} title="Only live" rows=${account.only_live_keys} all=${account.only_live} target=${keyFragment} />
    </div>`;
}

/** @param {{title: string, rows: any[], all: number, target: (row: any) => string | null}} properties */
function Kind({ title, rows, all, target }) {
  return rows.length > 0 && html`<section>
    <h2>${title}</h2>
    <ul class="sample">${rows.map((row) => html`<li>${target(row) === null
      ? html`<${KeyText} text=${row.key} />`
      : html`<a href=${target(row)}><${KeyText} text=${row.key} /></a>`}</li>`)}</ul>
    ${all > rows.length && html`<p class="note">and ${count(all - rows.length, 'key')} more</p>`}
  </section>`;
}
