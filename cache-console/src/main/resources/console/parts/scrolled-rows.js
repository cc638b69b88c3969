// Rows of any number in a box that scrolls: only those that are seen are in the page.
import { useEffect, useLayoutEffect, useRef, useState } from '../base/html.js';

/** Browsers draw no box that is much higher. */
const MAX_HEIGHT = 15_000_000;
/** Rows above and below what is seen, so that scrolling shows no gap. */
const SPARE = 12;
const MOST_ROWS = 150;
const NARROW = matchMedia('(max-width: 640px)');

function rowHeightNow() {
  return NARROW.matches ? 56 : 32;
}

/**
 * @typedef {object} ScrolledRows
 * @property {any} box for the element that scrolls, which holds a `.grid-head`
 * @property {() => void} measure called when it was scrolled
 * @property {number} first the first row that is in the page
 * @property {number} last the one after the last
 * @property {number} firstSeen the first row that is seen
 * @property {number} height of all rows in pixels, or as much as a browser can draw
 * @property {(index: number) => number} topOf where a row is, in pixels
 * @property {(key: string) => number} targetOf the row that a key of the keyboard moves to; -1 if it moves to none
 */

/**
 * @param {number} length how many rows there are
 * @param {number} active the row that is kept in sight; -1 for none
 * @returns {ScrolledRows}
 */
export function useScrolledRows(length, active) {
  const box = useRef(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const [rowHeight, setRowHeight] = useState(rowHeightNow);
  const measure = () => {
    // The rows may have gone since somebody scrolled.
    if (box.current === null) {
      return;
    }
    const head = box.current.querySelector('.grid-head').offsetHeight;
    setView({ top: box.current.scrollTop, height: Math.max(rowHeight, box.current.clientHeight - head) });
  };
  useEffect(() => {
    const change = () => setRowHeight(rowHeightNow());
    NARROW.addEventListener('change', change);
    const size = new ResizeObserver(() => measure());
    size.observe(box.current);
    return () => {
      NARROW.removeEventListener('change', change);
      size.disconnect();
    };
  }, []);

  const whole = length * rowHeight;
  const height = Math.min(whole, MAX_HEIGHT);
  // Beyond the highest box, a step of the scroll bar is more than one of the rows.
  const scale = whole > height ? (whole - view.height) / (height - view.height) : 1;
  const offset = Math.min(view.top * scale, Math.max(0, whole - view.height));
  const first = Math.max(0, Math.floor(offset / rowHeight) - SPARE);
  const last = Math.min(length, Math.ceil((offset + view.height) / rowHeight) + SPARE, first + MOST_ROWS);

  useLayoutEffect(() => {
    const top = active * rowHeight;
    if (active >= 0 && top < offset) {
      box.current.scrollTop = top / scale;
    } else if (active >= 0 && top + rowHeight > offset + view.height) {
      box.current.scrollTop = (top + rowHeight - view.height) / scale;
    }
  }, [active]);

  /** @param {string} key */
  const targetOf = (key) => {
    const page = Math.max(1, Math.floor(view.height / rowHeight) - 1);
    const targets = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: length - 1,
    };
    return key in targets && length > 0 ? Math.min(length - 1, Math.max(0, targets[key])) : -1;
  };

  return {
    box,
    measure,
    first,
    last,
    firstSeen: Math.ceil(offset / rowHeight),
    height,
    topOf: (index) => index * rowHeight - offset + view.top,
    targetOf,
  };
}
