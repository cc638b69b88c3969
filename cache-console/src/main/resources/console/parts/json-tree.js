// JSON with parts that can be folded. The service writes one member on each line and indents it, so
// the lines are the tree: nothing is parsed here, numbers keep their digits, and a window of a
// larger value is shown as well.
import { html, useState } from '../base/html.js';
import { ValueText } from './key-text.js';

/** Deeper ones are lines: a browser would draw them too slowly. */
const DEEPEST = 60;
/** Parts with more lines are folded at first. */
const MOST_OPEN = 200;
/** A string at the begin of a line is a name only if a colon follows. */
const MEMBER_NAME = /^"(?:[^"\\]|\\.)*"(?=:)/;

/**
 * @typedef {object} Branch
 * @property {string} line
 * @property {Branch[]} [children] of a line that opens an object or a list
 * @property {string} [end] the line that closes it
 */

/** @param {string} text @returns {Branch[]} */
export function branches(text) {
  /** @type {{branch: Branch, indent: number}[]} */
  const open = [];
  const roots = [];
  for (const line of text.split('\n')) {
    const indent = line.search(/\S|$/);
    const top = open.at(-1);
    if (top && indent === top.indent && /^\s*[\]}],?$/.test(line)) {
      top.branch.end = line.trim();
      open.pop();
      continue;
    }
    const branch = { line: line.trim() };
    (top ? top.branch.children : roots).push(branch);
    if (/[[{]$/.test(line) && open.length < DEEPEST) {
      branch.children = [];
      open.push({ branch, indent });
    }
  }
  return roots;
}

/** @param {{text: string}} properties */
export function JsonTree({ text }) {
  return html`<div class="json-tree">${branches(text).map((branch) => html`<${Part} branch=${branch} />`)}</div>`;
}

/** The name of a member stands out from its value. @param {{text: string}} properties */
function Line({ text }) {
  const name = MEMBER_NAME.exec(text)?.[0] ?? '';
  return html`${name && html`<span class="member-name"><${ValueText} text=${name} /></span>`}<${ValueText} text=${text.slice(name.length)} />`;
}

/** @param {{branch: Branch}} properties */
function Part({ branch }) {
  const { line, children, end } = branch;
  const [isOpen, setOpen] = useState(children === undefined || children.length <= MOST_OPEN);
  if (!children) {
    return html`<div class="leaf"><${Line} text=${line} /></div>`;
  }
  return html`<details open=${isOpen} onToggle=${(event) => setOpen(event.currentTarget.open)}>
    <summary><${Line} text=${line} />${!isOpen && html`<span class="note"> ${children.length} ${end ?? '…'}</span>`}</summary>
    ${isOpen && html`<div class="inner">${children.map((child) => html`<${Part} branch=${child} />`)}</div>
      ${end && html`<div class="leaf"><${ValueText} text=${end} /></div>`}`}
  </details>`;
}
