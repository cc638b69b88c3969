// A small chart over time. What it shows stands in a table beside it, and its figures in words in
// its label.
import { html } from '../base/html.js';

const WIDTH = 240;
const HEIGHT = 44;
/** Lines at the edge would be cut. */
const EDGE = 2;

/** What happened, with a shape each, so that colour alone says nothing. */
export const EVENTS = {
  restart: { sign: '▲', text: 'restarted' },
  flush: { sign: '◆', text: 'flushed' },
  lost: { sign: '✕', text: 'lost' },
  back: { sign: '●', text: 'back' },
};

/**
 * @param {{
 *   label: string, points: {at: number, value: number | null}[], from: number, to: number, max: number,
 *   events: {at: number, kind: string}[], marked: number, onMark: (index: number) => void
 * }} properties max: the value at the upper edge; marked: the index of a point, or -1
 */
export function Sparkline({ label, points, from, to, max, events, marked, onMark }) {
  /** @param {number} at */
  const x = (at) => ((at - from) / (to - from)) * WIDTH;
  /** @param {number} value */
  const y = (value) => HEIGHT - EDGE - (max > 0 ? Math.min(1, value / max) : 0) * (HEIGHT - 2 * EDGE);
  /** @param {PointerEvent & {currentTarget: Element}} event */
  const point = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    onMark(nearest(points, from + ((event.clientX - box.left) / box.width) * (to - from)));
  };
  const runs = runsOf(points);
  return html`<svg class="sparkline" role="img" aria-label=${label} viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none"
    onPointerMove=${point} onPointerLeave=${() => onMark(-1)}
  >
    ${runs.map((run) => html`<path class="area" d=${`M${x(run[0].at)} ${HEIGHT}${line(run, x, y, 'L')}L${x(run.at(-1).at)} ${HEIGHT}Z`} />`)}
    ${runs.map((run) => html`<path class="line" d=${line(run, x, y, 'M')} />`)}
    ${events.map((event) => html`<path class=${`event ${event.kind}`} d=${`M${x(event.at)} 0V${HEIGHT}`} />`)}
    ${marked >= 0 && points[marked] && html`<path class="mark" d=${`M${x(points[marked].at)} 0V${HEIGHT}`} />`}
  </svg>`;
}

/** Points in a row of which each has a value. */
function runsOf(points) {
  const runs = [];
  let run = null;
  for (const point of points) {
    if (point.value === null) {
      run = null;
    } else if (run) {
      run.push(point);
    } else {
      runs.push((run = [point]));
    }
  }
  return runs;
}

/** A single point is a short line. */
function line(run, x, y, first) {
  const path = run.map((point, index) => `${index === 0 ? first : 'L'}${x(point.at).toFixed(1)} ${y(point.value).toFixed(1)}`);
  return run.length === 1 ? `${path[0]}h1` : path.join('');
}

/** The index of the point with a value that is nearest to a time; -1 if there is none. */
function nearest(points, at) {
  let best = -1;
  points.forEach((point, index) => {
    if (point.value !== null && (best < 0 || Math.abs(point.at - at) < Math.abs(points[best].at - at))) {
      best = index;
    }
  });
  return best;
}
