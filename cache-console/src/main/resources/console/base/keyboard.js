// Keys that work everywhere. Screens add their own.
import { useEffect, useLayoutEffect } from './html.js';

const TYPING = 'input:not([type=checkbox]), textarea, select, [contenteditable]';
const SEQUENCE_MILLIS = 1_000;

/** What the keyboard can stay in when what has it goes. */
const PLACES = 'form, article, section, dialog, main';
/** Whoever takes what has the keyboard away may give it to something else at once. */
const GIVE_MILLIS = 50;

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

/**
 * Keeps the keyboard in the page: when what has it goes or is switched off, what is around it gets
 * it, so that Tab goes on from there; what is switched on again gets it back.
 */
export function useKeptFocus() {
  useEffect(() => {
    /** What has the keyboard, and the places around it, the nearest first. @type {HTMLElement[]} */
    let path = [];
    /** What should have it and cannot, and what has it instead. @type {HTMLElement | null} */
    let lost = null;
    /** @type {HTMLElement | null} */
    let instead = null;
    let timer = 0;
    /** @param {FocusEvent} event */
    const note = ({ target }) => {
      if (target === instead) {
        return;
      }
      lost = null;
      path = [];
      for (let each = /** @type {HTMLElement | null} */ (target); each; each = each.parentElement?.closest(PLACES)) {
        path.push(each);
      }
    };
    const mend = () => {
      const active = document.activeElement;
      if (!lost || (active !== document.body && active !== instead)) {
        return;
      }
      if (isUsable(lost)) {
        lost.focus({ preventScroll: true });
        return;
      }
      instead = path.slice(1).find((place) => place.isConnected) ?? null;
      if (instead && active === document.body) {
        instead.tabIndex = -1;
        instead.dataset.place = '';
        instead.focus({ preventScroll: true });
      }
    };
    const observer = new MutationObserver(() => {
      if (path.length > 0 && !isUsable(path[0])) {
        [lost] = path;
      }
      clearTimeout(timer);
      timer = setTimeout(mend, GIVE_MILLIS);
    });
    addEventListener('focusin', note);
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
    return () => {
      removeEventListener('focusin', note);
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);
}

/** @param {HTMLElement} element */
function isUsable(element) {
  return element.isConnected && !element.matches(':disabled');
}
