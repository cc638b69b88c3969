// What is known of one server now, and how that was before.
import { clock, count, day, dayAndTime, duration, millis, number, percent, rate, size } from '../base/formats.js';
import { rowsOf } from '../base/history.js';
import { html, useState } from '../base/html.js';
import { KeyText } from './key-text.js';
import { EVENTS, Sparkline } from './sparkline.js';

const UNKNOWN = '–';
const EVENTS_SHOWN = 6;
const DAY_SECONDS = 86_400;

/** The charts of a server, and the columns of its table. */
const METRICS = [
  { name: 'bytes', title: 'Memory', show: size, now: memoryNow, max: (points, server) => server.limit_bytes ?? most(points, 'bytes') },
  { name: 'items', title: 'Items', show: number, now: (server) => [known(server.current_items, number)], max: (points) => most(points, 'items') },
  { name: 'ratio', title: 'Hit ratio', show: percent, now: ratioNow, max: () => 1 },
  { name: 'evictions', title: 'Evictions', show: rate, now: evictionsNow, max: (points) => most(points, 'evictions') },
  { name: 'connections', title: 'Connections', show: number, now: (server) => [known(server.connections, number)], max: (points) => most(points, 'connections') },
];

/** @param {any} value @param {(value: any) => string} show */
function known(value, show) {
  return value === null || value === undefined ? UNKNOWN : show(value);
}

/** @param {any[]} points @param {string} name */
function most(points, name) {
  return points.reduce((found, point) => Math.max(found, point[name] ?? 0), 0);
}

function memoryNow(server) {
  if (server.bytes === null || server.bytes === undefined || !server.limit_bytes) {
    return [known(server.bytes, size)];
  }
  return [percent(server.bytes / server.limit_bytes), `${size(server.bytes)} of ${size(server.limit_bytes)}`];
}

function ratioNow(server, past) {
  const whole = known(server.hit_ratio, percent);
  return past?.reads > 0 ? [percent(past.hits / past.reads), `${whole} since start`] : [whole, whole === UNKNOWN ? '' : 'since start'];
}

function evictionsNow(server, past) {
  return past ? [number(past.evictions), `${known(server.evictions, number)} since start`] : [known(server.evictions, number), 'since start'];
}

/**
 * @param {{
 *   server: any, tracking: any, past: import('../base/history.js').Past | null, span: {label: string, seconds: number},
 *   isOld: boolean, isWhole: boolean, hasPast: boolean
 * }} properties tracking: how it is tracked; isOld: whether nobody knows its state now; isWhole: whether the caller is told what it is like; hasPast: whether charts are to be expected
 */
export function ServerCard({ server, tracking, past, span, isOld, isWhole, hasPast }) {
  const [marked, setMarked] = useState({ metric: '', index: -1 });
  const state = isOld ? ['unknown', '?', 'unknown'] : server.up ? ['good', '●', 'up'] : ['bad', '▲', 'down'];
  const facts = [server.version, server.uptime_seconds && `since ${duration(server.uptime_seconds)}`].filter(Boolean);
  return html`<article class=${`server-card ${state[0]}`} aria-label=${`Server ${server.address}`} data-server=${server.address}>
    <header>
      <h3><${KeyText} text=${server.address} /></h3>
      <span class=${`server-state ${state[0]}`}><span aria-hidden="true">${state[1]} </span>${state[2]}</span>
      <span class="note"><${KeyText} text=${facts.join(' · ')} /></span>
    </header>
    ${!server.up && html`<p class="failure"><${KeyText} text=${server.problem ?? 'it does not answer'} /></p>`}
    ${isWhole && html`<div class="metrics">
      ${METRICS.map((metric) => html`<${Metric} metric=${metric} server=${server} past=${past} span=${span}
        marked=${marked.metric === metric.name ? marked.index : -1} onMark=${(index) => setMarked({ metric: metric.name, index })} />`)}
    </div>`}
    ${hasPast && past && html`<${Beginning} past=${past} span=${span} />`}
    ${past && past.events.length > 0 && html`<${Events} events=${past.events} />`}
    ${tracking && html`<${Tracking} tracking=${tracking} />`}
    ${past && past.points.length > 0 && html`<${Figures} past=${past} address=${server.address} span=${span} />`}
  </article>`;
}

/** @param {{metric: any, server: any, past: any, span: any, marked: number, onMark: (index: number) => void}} properties */
function Metric({ metric, server, past, span, marked, onMark }) {
  const [value, note] = metric.now(server, past);
  const points = past ? past.points.map((point) => ({ at: point.at, value: point[metric.name] })) : [];
  const values = points.map((point) => point.value).filter((one) => one !== null && one !== undefined);
  const at = marked >= 0 ? points[marked] : null;
  const max = past ? metric.max(past.points, server) : 0;
  const label = values.length > 0
    ? `${metric.title}, last ${span.label}: from ${metric.show(Math.min(...values))} to ${metric.show(Math.max(...values))}, at last ${metric.show(values.at(-1))}`
    : '';
  return html`<div class=${`metric ${metric.name}`}>
    <p class="metric-name">${metric.title}</p>
    <p class="metric-value">
      <b>${at ? metric.show(at.value) : value}</b> <span class="note">${at ? moment(at.at, span) : note}</span>
    </p>
    <p class="scale" aria-hidden="true">${values.length > 0 && max > 0 && metric.show(max)}</p>
    ${values.length > 0
      ? html`<${Sparkline} label=${label} points=${points} from=${past.from} to=${past.to} max=${max}
          events=${past.events} marked=${marked} onMark=${onMark} />`
      : html`<div class="sparkline none"></div>`}
    <p class="axis" aria-hidden="true">${past && html`<span>${edge(past.from, span)}</span><span>${edge(past.to, span)}</span>`}</p>
  </div>`;
}

/** A time of the day is enough within one. @param {number} at @param {{seconds: number}} span */
function moment(at, span) {
  return span.seconds < DAY_SECONDS ? clock(at) : dayAndTime(at);
}

/** The time at an edge of a chart, where there is little room. @param {number} at @param {{seconds: number}} span */
function edge(at, span) {
  return span.seconds < DAY_SECONDS ? clock(at) : day(at);
}

/** Charts that are nearly empty say why. @param {{past: any, span: any}} properties */
function Beginning({ past, span }) {
  const first = past.points[0]?.at ?? past.to;
  const isShort = first - past.from > (past.to - past.from) * 0.9;
  return isShort && html`<p class="note beginning">Of the last ${span.label}, ${past.points.length > 0 ? `only the time since ${clock(first)} is known` : 'nothing is known yet'}: the past begins when this service starts.</p>`;
}

/** @param {{events: {at: number, kind: string}[]}} properties */
function Events({ events }) {
  const shown = events.slice(-EVENTS_SHOWN).reverse();
  return html`<p class="events">
    ${shown.map((event) => html`<span class=${`happened ${event.kind}`}>
      <span aria-hidden="true">${EVENTS[event.kind]?.sign ?? '·'} </span>${EVENTS[event.kind]?.text ?? event.kind} <span class="note">${dayAndTime(event.at)}</span></span> `)}
    ${events.length > shown.length && html`<span class="note">and ${number(events.length - shown.length)} before</span>`}
  </p>`;
}

/** @param {{tracking: any}} properties */
function Tracking({ tracking }) {
  const { last_walk: walk, feed, feed_skipped: skipped } = tracking;
  const parts = [`Tracked by ${tracking.mode}`];
  if (walk) {
    parts.push(`walked at ${clock(walk.began_at)}: ${count(walk.keys, 'key')} in ${millis(walk.duration_ms)}`);
  }
  parts.push(feed ? `feed: ${feed.tells.join(', ')}` : 'no feed');
  if (skipped > 0) {
    parts.push(`${count(skipped, 'change')} left out by the feed`);
  }
  return html`<p class="note tracked"><${KeyText} text=${parts.join(' · ')} /></p>`;
}

/** All that the charts show, in figures. @param {{past: any, address: string, span: any}} properties */
function Figures({ past, address, span }) {
  const [isOpen, setOpen] = useState(false);
  return html`<details class="figures" onToggle=${(event) => setOpen(event.currentTarget.open)}>
    <summary>Figures of the charts</summary>
    ${isOpen && html`<div class="scroll" tabindex="0" role="region" aria-label=${`Figures of ${address}`}>
      <table>
        <caption><${KeyText} text=${address} />, last ${span.label}, newest first</caption>
        <thead><tr><th scope="col">Time</th>${METRICS.map((metric) => html`<th scope="col">${metric.title}</th>`)}</tr></thead>
        <tbody>
          ${rowsOf(past.points).map((point) => html`<tr>
            <th scope="row">${moment(point.at, span)}</th>
            ${METRICS.map((metric) => html`<td>${known(point[metric.name], metric.show)}</td>`)}
          </tr>`)}
        </tbody>
      </table>
    </div>`}
  </details>`;
}
