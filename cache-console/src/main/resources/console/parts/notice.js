// What went wrong, and what to do. Old data stays on the screen beside it.
import { Problem, Unreachable, isUnknown } from '../base/api.js';
import { clock, size } from '../base/formats.js';
import { html, useEffect, useState } from '../base/html.js';
import { fragment, useRoute } from '../base/router.js';
import { session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Icon } from './icons.js';
import { KeyText, ValueText } from './key-text.js';

/** Seconds after which a service that is gone is asked again. */
const GONE_SECONDS = 5;
/** Less would flicker. */
const LEAST_SECONDS = 2;

/**
 * @param {{failure: any, dataAt?: number, onRetry: () => void}} properties
 *     failure: what a request threw; dataAt: when the data that is still shown came; 0 if there is none
 */
export function Notice({ failure, dataAt = 0, onRetry }) {
  const { service, stats, failure: polled } = useStore(session);
  const others = failure.kind === 'store-unavailable' ? answering(failure, stats, polled) : [];
  const said = describe(failure, service, others.length > 0);
  // What changes something is sent again by a person alone.
  const wait = failure.isOfChange ? 0 : failure instanceof Unreachable ? GONE_SECONDS : (failure.retryAfter ?? 0);
  const seconds = wait > 0 ? Math.max(LEAST_SECONDS, wait) : 0;
  return html`<div class="notice bad" role="alert" data-status=${failure.status ?? (failure instanceof Unreachable ? 'gone' : 'failed')}>
    <${Icon} name="warning" />
    <div>
      <strong><${KeyText} text=${said.title} /></strong>
      <p><${KeyText} text=${said.text} /></p>
      ${failure.kind === 'invalid-pattern' && html`<${Position} failure=${failure} />`}
      ${others.length > 0 && html`<${Answering} servers=${others} />`}
      ${dataAt > 0 && html`<p class="note">What is shown below is from ${clock(dataAt)}.</p>`}
    </div>
    ${seconds > 0
      ? html`<${Countdown} key=${failure} seconds=${seconds} onRetry=${onRetry} />`
      : said.isLasting
        ? null
        : html`<button type="button" onClick=${onRetry}>Try again</button>`}
  </div>`;
}

/** The servers that are known to answer. @param {any} failure @param {any} stats @param {any} polled why nobody knows what they do */
function answering(failure, stats, polled) {
  return polled || !stats ? [] : stats.servers.filter((server) => server.up && !failure.message.includes(server.address));
}

/** Views that one server alone can have. */
const OF_A_SERVER = ['/keys', '/analysis'];

/** A list is whole or refused, but each server that answers has one. @param {{servers: any[]}} properties */
function Answering({ servers }) {
  const { path, parameters } = useRoute();
  const view = OF_A_SERVER.includes(path) ? { path, filter: Object.fromEntries(parameters) } : { path: '/keys', filter: {} };
  return html`<p>Keys of the servers that answer:
    ${servers.map(({ address }) => html` <a href=${fragment(view.path, { ...view.filter, server: address })}><bdi>${address}</bdi></a>`)}</p>`;
}

/**
 * What a request threw, in words.
 * @param {any} failure @param {any} service
 * @param {boolean} [isPartial] whether the store fails, and some of its servers answer
 * @returns {{title: string, text: string, isLasting?: boolean}}
 */
export function describe(failure, service, isPartial = false) {
  if (failure instanceof Unreachable) {
    return {
      title: 'The service is gone',
      text: `${failure.message}${isUnknown(failure) ? ' Nobody knows whether it was done: look before you try again.' : ''}`,
    };
  }
  if (!(failure instanceof Problem)) {
    return { title: 'That did not work', text: failure.message, isLasting: true };
  }
  switch (failure.status) {
    case 400:
      return { title: failure.title, text: failure.message, isLasting: true };
    case 403:
      return {
        title: 'You may not do this',
        text: `${failure.message.replace(/\.?$/, '.')} You are ${service?.caller ?? 'unknown'}, with the role ${service?.role ?? 'none'}.`,
        isLasting: true,
      };
    case 404:
      return { title: failure.title, text: failure.message, isLasting: true };
    case 409:
      return { title: 'Something else came first', text: failure.message };
    case 413:
      return {
        title: 'This is too large',
        text: `${failure.message}${service ? ` A request may have ${size(service.limits.body_bytes)}.` : ''}`,
        isLasting: true,
      };
    default:
      return { title: isPartial ? 'Not every server answers' : failure.title, text: failure.message };
  }
}

/** @param {{seconds: number, onRetry: () => void}} properties */
function Countdown({ seconds, onRetry }) {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left <= 0) {
      onRetry();
      return undefined;
    }
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return html`<button type="button" onClick=${onRetry} aria-label="Try again">
    ${left > 0 ? html`Try again <span class="countdown">in ${left} s</span>` : 'Asking…'}
  </button>`;
}

/** The pattern with a mark where it is wrong. @param {{failure: any}} properties */
function Position({ failure }) {
  const found = /at position (\d+): pattern "(.*)"/s.exec(failure.message);
  if (!found) {
    return null;
  }
  const [at, pattern] = [Number(found[1]), found[2]];
  return html`<pre class="position"><bdi><${ValueText} text=${pattern.slice(0, at)} /><mark><${ValueText} text=${pattern.slice(at, at + 1) || '\u2423'} /></mark><${ValueText} text=${pattern.slice(at + 1)} /></bdi></pre>`;
}
