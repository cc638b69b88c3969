// Text of several lines by anybody: lines and tabs stay, other characters that cannot be seen are numbers.
import { html } from '../base/html.js';
import { ValueText } from './key-text.js';

/** @param {{text: string}} properties */
export function Lines({ text }) {
  return text.split(/(\n|\t)/).map((part) => (part === '\n' || part === '\t' ? part : html`<${ValueText} text=${part} />`));
}
