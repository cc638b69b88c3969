// Icons as shapes, so that nothing is loaded and no font is needed.
import { html } from '../base/html.js';

const SHAPES = {
  overview: 'M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z',
  tree: 'M5 4v14h6M5 10h6M14 8h6v4h-6zM14 16h6v4h-6z',
  analysis: 'M4 20h16M7 17v-5M12 17V6M17 17v-8',
  key: 'M15 4a5 5 0 1 0 0 10a5 5 0 0 0 0-10M11.5 12.5L4 20M7 17l2.5 2.5',
  folder: 'M3 6h6l2 2h10v11H3z',
  keys: 'M4 6h16M4 12h16M4 18h10',
  changes: 'M3 12h4l3-7l4 14l3-7h4',
  dumps: 'M12 3c5 0 8 1.3 8 3s-3 3-8 3s-8-1.3-8-3s3-3 8-3M4 6v12c0 1.7 3 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3 3 8 3s8-1.3 8-3',
  jobs: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3.5 2',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5v4M8 15v4',
  docs: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7',
  search: 'M11 4a7 7 0 1 0 0 14a7 7 0 0 0 0-14M16 16l5 5',
  refresh: 'M20 11a8 8 0 1 0-2 6M20 4v7h-7',
  close: 'M6 6l12 12M18 6L6 18',
  add: 'M12 5v14M5 12h14',
  back: 'M15 5l-7 7l7 7',
  system: 'M3 4h18v12H3zM8 20h8M12 16v4',
  light: 'M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M19 5l-2 2M7 17l-2 2',
  dark: 'M20 14A8.5 8.5 0 1 1 10 4a7 7 0 0 0 10 10z',
  help: 'M9 9a3 3 0 1 1 4 3c-1 .5-1 1-1 2M12 17.5v.5',
  leave: 'M10 4H5v16h5M14 8l4 4l-4 4M18 12H9',
  warning: 'M12 4L2.5 20h19zM12 10v5M12 17v.5',
};

/** @param {{name: keyof typeof SHAPES}} properties */
export function Icon({ name }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
    <path d=${SHAPES[name]} />
  </svg>`;
}
