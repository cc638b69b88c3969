// Keys are hostile text: they are drawn as text nodes only, apart from what surrounds them, and
// characters that cannot be seen, or that reorder others, are drawn as their numbers.
import { html } from '../base/html.js';

/** Control, format, bidi and zero-width characters, blanks other than the space, and halves of pairs. */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u00a0\u034f\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu;

/** Those, and spaces that a browser does not draw: at the begin, at the end, or after another one. */
const UNSEEN_IN_NAMES = new RegExp(`^ | $|(?<= ) |${UNSEEN.source}`, 'gu');

/**
 * A text cut into parts that are shown as they are, and single characters that are not.
 * @param {string} text
 * @param {RegExp} [unseen] finds the latter
 * @returns {{text: string, unseen: boolean}[]}
 */
export function parts(text, unseen = UNSEEN) {
  const all = [];
  let from = 0;
  for (const found of text.matchAll(unseen)) {
    if (found.index > from) {
      all.push({ text: text.slice(from, found.index), unseen: false });
    }
    all.push({ text: found[0], unseen: true });
    from = found.index + found[0].length;
  }
  if (from < text.length) {
    all.push({ text: text.slice(from), unseen: false });
  }
  return all;
}

/** @param {string} character */
function codePoint(character) {
  return `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A name, or a message that may have some in it. @param {{text: string}} properties */
export function KeyText({ text }) {
  return html`<${Parts} all=${parts(text, UNSEEN_IN_NAMES)} />`;
}

/** A value or a part of one, where spaces are nothing unusual. @param {{text: string}} properties */
export function ValueText({ text }) {
  return html`<${Parts} all=${parts(text)} />`;
}

/** @param {{all: {text: string, unseen: boolean}[]}} properties */
function Parts({ all }) {
  return html`<bdi class="key-text">${all.map((part) => (part.unseen ? html`<span class="unseen">${codePoint(part.text)}</span>` : part.text))}</bdi>`;
}
