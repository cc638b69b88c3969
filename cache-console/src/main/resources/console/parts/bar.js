// The bar on top of every screen: servers, environment, age of what is shown.
import { Problem } from '../base/api.js';
import { clock, count, duration, size } from '../base/formats.js';
import { html } from '../base/html.js';
import { onEscape } from '../base/keyboard.js';
import { preferences } from '../base/preferences.js';
import { session, signOut } from '../base/session.js';
import { useStore } from '../base/store.js';
import { nextTheme, setTheme, theme } from '../base/theme.js';
import { token } from '../base/token.js';
import { Icon } from './icons.js';
import { KeyText } from './key-text.js';

/** @param {{onHelp: () => void}} properties */
export function Bar({ onHelp }) {
  const { service, stats, statsAt, failure } = useStore(session);
  useStore(preferences);
  return html`<header class="bar">
    <a class="brand" href="#/"><img src="style/icon.svg" alt="" width="22" height="22" />Cache App</a>
    ${(stats || failure) && html`<${Servers} servers=${stats?.servers ?? []} failure=${failure} />`}
    ${service && html`<${Environment} service=${service} />`}
    <span class="space"></span>
    ${(stats || failure) && html`<${AsOf} stats=${stats} at=${statsAt} isOld=${failure !== null} />`}
    <${ThemeButton} />
    <button class="quiet" onClick=${onHelp} aria-label="Keyboard and help" title="Keyboard and help (?)">
      <${Icon} name="help" />
    </button>
    ${token() &&
    html`<button class="quiet" onClick=${signOut} aria-label="Sign out" title="Sign out">
      <${Icon} name="leave" />
    </button>`}
  </header>`;
}

/** What is known of the servers in a few words. @param {any[]} servers @param {Error | null} failure */
function stateOf(servers, failure) {
  const down = servers.filter((server) => !server.up).length;
  const all = servers.length;
  if (failure) {
    const isOfServers = failure instanceof Problem && failure.kind === 'store-unavailable';
    return { isBad: true, text: isOfServers ? 'no server answers' : 'servers unknown' };
  }
  return down === 0
    ? { isBad: false, text: `${count(all, 'server')} up` }
    : { isBad: true, text: `${down} of ${count(all, 'server')} down` };
}

/** @param {{servers: any[], failure: Error | null}} properties servers: those that were heard of last */
function Servers({ servers, failure }) {
  const { isBad, text } = stateOf(servers, failure);
  /** @param {Event & {currentTarget: Element}} event */
  const close = (event) => event.currentTarget.removeAttribute('open');
  return html`<details class="menu servers"
    onKeyDown=${(event) => onEscape(() => close(event))(event)}
    onFocusOut=${(event) => !event.currentTarget.contains(event.relatedTarget) && close(event)}
  >
    <summary class=${isBad ? 'state bad' : 'state good'}>
      <span class="lamp" aria-hidden="true">${isBad ? '▲' : '●'}</span>${text}
    </summary>
    <ul class="panel">
      ${failure && html`<li><${KeyText} text=${failure.message} /></li>${servers.length > 0 && html`<li class="note">Last heard:</li>`}`}
      ${servers.map(
        (server) => html`<li>
          <span class=${server.up ? 'lamp good' : 'lamp bad'} aria-hidden="true">${server.up ? '●' : '▲'}</span>
          <span class="address"><${KeyText} text=${server.address} /></span>
          <span class="note">${server.up ? html`<${KeyText} text=${upNote(server)} />` : html`down: <${KeyText} text=${server.problem ?? 'it does not answer'} />`}</span>
        </li>`,
      )}
    </ul>
  </details>`;
}

/** @param {any} server */
function upNote(server) {
  const parts = ['up'];
  if (server.version) {
    parts.push(server.version);
  }
  if (server.bytes !== null && server.limit_bytes) {
    parts.push(`${size(server.bytes)} of ${size(server.limit_bytes)}`);
  }
  if (server.uptime_seconds) {
    parts.push(`since ${duration(server.uptime_seconds)}`);
  }
  return parts.join(' · ');
}

/** @param {{service: any}} properties */
function Environment({ service }) {
  const isProduction = service.environment === 'production';
  const can = service.allowed.length ? service.allowed.join(', ') : 'read-only';
  const text = isProduction || !service.allowed.includes('manage') ? `${service.environment} · ${can}` : service.environment;
  return html`<span
    class=${isProduction ? 'badge production' : 'badge'}
    title=${`${service.caller} (${service.role}) may: ${service.allowed.join(', ') || 'read only'}`}
    >${text}</span
  >`;
}

/** @param {{stats: any, at: number, isOld: boolean}} properties stats: null if nothing was heard yet */
function AsOf({ stats, at, isOld }) {
  return html`<span class=${isOld ? 'as-of old' : 'as-of'} title="Keys are as of this time">
    ${!stats ? 'nothing heard yet' : isOld ? `last heard ${clock(at)}` : `as of ${clock(stats.tracking.as_of)}`}
  </span>`;
}

function ThemeButton() {
  const { name } = useStore(theme);
  const change = () => setTheme(nextTheme());
  return html`<button class="quiet" onClick=${change} aria-label=${`Theme: ${name}`} title=${`Theme: ${name}`}>
    <${Icon} name=${name} />
  </button>`;
}
