// Every key that does something.
import { SCREENS } from '../base/routes.js';
import { html } from '../base/html.js';
import { Dialog } from './dialog.js';

const KEYS = [
  ['/', 'search'],
  ['↑ ↓', 'move in the list; Page Up, Page Down, Home and End go further'],
  ['Enter', 'open the key'],
  ['Esc', 'close, or go back'],
  ['→ ←', 'in the tree: open and close'],
  ['Space', 'select the key, or no longer; Ctrl A selects all'],
  ['Del', 'delete the key or what is selected, or on its page the dump, after a question'],
  ['r', 'ask again'],
  ['p', 'in the changes: pause, or go on'],
  ['?', 'this help'],
];

const SEARCH = [
  ['user:', 'keys that begin with it'],
  ['user:*:cart', 'a glob, if it has a *: * any text, ? one character, [a-z] one of these'],
  ['"a*b"', 'keys that begin with a*b, whatever that would mean without the quotes'],
  ['/^user:\\d+$/', 'a regular expression, found anywhere in the key'],
];

/** @param {{onClose: () => void}} properties */
export function Help({ onClose }) {
  const screens = SCREENS.filter((screen) => screen.shortcut).map((screen) => [screen.shortcut, `go to ${screen.title}`]);
  return html`<${Dialog} title="Keyboard and search" onClose=${onClose}>
    <${List} entries=${[...KEYS, ...screens]} />
    <h3>Search</h3>
    <${List} entries=${SEARCH} />
    <p class="note">Looking at keys changes nothing. A value is read only when you ask for it.</p>
    <p class="actions"><a href="../docs/" target="_blank" rel="noreferrer">REST API</a><button onClick=${onClose} data-first>Close</button></p>
  <//>`;
}

/** @param {{entries: string[][]}} properties */
function List({ entries }) {
  return html`<dl class="help">
    ${entries.map(([key, meaning]) => html`<dt><kbd>${key}</kbd></dt><dd>${meaning}</dd>`)}
  </dl>`;
}
