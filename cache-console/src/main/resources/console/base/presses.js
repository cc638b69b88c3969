// Presses that are none: of a key that is held down, the second one of a double click, and one that was meant for another page.

/** A double click on a page of another site may end here: its first press can close what lay before this page. */
const SETTLE_MILLIS = 500;

let isFurther = false;
let isEarly = false;
let cameUp = performance.now();

function comeUp() {
  cameUp = performance.now();
}

addEventListener('pageshow', comeUp);
addEventListener('focus', comeUp);
document.addEventListener('visibilitychange', comeUp);

addEventListener('click', (event) => {
  isFurther = event.detail > 1;
  isEarly = performance.now() - cameUp < SETTLE_MILLIS;
  setTimeout(() => {
    isFurther = false;
    isEarly = false;
  });
}, true);

addEventListener('keydown', (event) => {
  if (event.repeat && event.key === 'Enter' && !(event.target instanceof HTMLTextAreaElement)) {
    event.preventDefault();
  }
}, true);

/** What is said of a press that was none. */
export class EarlyPress extends Error {
  constructor() {
    super('The page had just come up when you pressed, so nothing was done. Press again.');
  }
}

/** Whether an act may be tried once more as it is. @param {any} failure how it has failed; null if it has not */
export function isPressable(failure) {
  return failure === null || failure instanceof EarlyPress;
}

/** Whether what runs now was begun by a further press of what was pressed already. */
export function isFurtherPress() {
  return isFurther;
}

/** Whether what runs now was begun by a press that came with the page itself, or as soon as it was before all others. */
export function isEarlyPress() {
  return isEarly;
}
