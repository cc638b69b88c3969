// Keys that work everywhere. Screens add their own.
import { useLayoutEffect } from './html.js';

const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
const SEQUENCE_MILLIS = 1_000;

/** @param {EventTarget | null} target */
function isTyping(target) {
  return target instanceof Element && target.closest(TYPING) !== null;
}

/** What Esc does in a menu or form: this, and nothing else. @param {() => void} close */
export function onEscape(close) {
  return (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      close();
    }
  };
}

/**
 * Calls an action when its keys are pressed outside of a field: one key such as `/`, or two in a
 * row such as `g k`.
 * @param {Record<string, () => void>} actions
 */
export function useKeys(actions) {
  // At once after a change is drawn: the next key may follow at once, too.
  useLayoutEffect(() => {
    let first = '';
    let firstAt = 0;
    /** @param {KeyboardEvent} event */
    const press = (event) => {
      // What had the keyboard may have taken it: Esc has closed a menu.
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
        return;
      }
      if (document.querySelector('dialog[open]')) {
        return;
      }
      const both = event.timeStamp - firstAt < SEQUENCE_MILLIS ? `${first} ${event.key}` : '';
      const action = actions[both] ?? actions[event.key];
      [first, firstAt] = [event.key, event.timeStamp];
      if (action) {
        event.preventDefault();
        action();
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [actions]);
}

/** Gives the keyboard back to what had it before, once the form that calls this has gone. */
export function useReturnedFocus() {
  useLayoutEffect(() => {
    const before = /** @type {HTMLElement} */ (document.activeElement);
    return () => setTimeout(() => {
      if (document.activeElement === document.body) {
        const isThere = before.isConnected && before !== document.body;
        (isThere ? before : document.getElementById('main')).focus({ preventScroll: true });
      }
    });
  }, []);
}
