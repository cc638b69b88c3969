// Says what became of acts whose place on the page was left before their answer came.
import { clock } from '../base/formats.js';
import { html } from '../base/html.js';
import { session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { dismiss, dismissLeft, leftWords, untold } from '../base/untold.js';
import { KeyText } from './key-text.js';
import { describe } from './notice.js';

export function Untold() {
  const { service } = useStore(session);
  const { outcomes, left } = useStore(untold);
  return html`<div class="untold" role="status">
    ${left > 0 && html`<div class="notice bad" data-outcome="left"><p>${leftWords(left)}</p><button type="button" onClick=${dismissLeft}>Dismiss</button></div>`}
    ${outcomes.map((outcome) => {
    const said = outcome.failure
      ? describe(outcome.failure, service)
      : { title: 'It was done', text: outcome.said || 'The service did it, or began it as a job, after you had gone on.' };
    return html`<div key=${outcome} class=${outcome.failure ? 'notice bad' : 'notice'} data-outcome=${outcome.failure ? 'failed' : 'done'}><div>
      <strong><${KeyText} text=${outcome.what} /></strong> <span class="note">${clock(outcome.at)}</span>
      <p>${said.title}: <${KeyText} text=${said.text} /></p>
    </div><button type="button" onClick=${() => dismiss(outcome)}>Dismiss</button></div>`;
  })}</div>`;
}
