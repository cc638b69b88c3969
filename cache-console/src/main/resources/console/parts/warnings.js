// What needs attention, and what to do.
import { html } from '../base/html.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';

/** A fleet may have hundreds. */
const SERVERS_SHOWN = 8;

/** @param {{warnings: import('../base/warnings.js').Warning[], isKnown: boolean}} properties isKnown: whether all that is needed to judge is there */
export function Warnings({ warnings, isKnown }) {
  if (warnings.length === 0) {
    return isKnown && html`<p class="well" role="status"><span aria-hidden="true">✓ </span>Nothing needs attention</p>`;
  }
  return html`<ul class="warnings" aria-label="What needs attention">
    ${warnings.map((warning) => html`<li class=${`notice ${warning.level}`} data-warning=${warning.title}>
      <${Icon} name="warning" />
      <div>
        <strong>${warning.title}</strong>
        <p>${warning.servers.length > 0 && html`<${Servers} servers=${warning.servers} />: `}<${KeyText} text=${warning.text} /></p>
        ${warning.todo && html`<p class="todo">${warning.todo}${warning.link && html` <a href=${warning.link}>${warning.linkText}</a>`}</p>`}
      </div>
    </li>`)}
  </ul>`;
}

/** @param {{servers: string[]}} properties */
function Servers({ servers }) {
  const shown = servers.slice(0, SERVERS_SHOWN);
  return html`${shown.map((server, index) => html`${index > 0 && ', '}<b><${KeyText} text=${server} /></b>`)}${servers.length > shown.length && ` and ${servers.length - shown.length} more`}`;
}
