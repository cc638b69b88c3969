// A link that says more than its screen knows.
import { html } from '../base/html.js';
import { KeyText } from './key-text.js';

/**
 * What such a link means is not guessed.
 * @param {{names: string[], href: string, children: any}} properties names: what is not known; href: where the link with these words leads
 */
export function Misspelt({ names, href, children }) {
  return html`<div class="empty" data-state="misspelt"><p><b>This link cannot be read.</b></p>
    <p class="note">This screen does not know <${KeyText} text=${names.join(', ')} />. Nothing was asked for, and nothing is changed.</p>
    <a href=${href}>${children}</a></div>`;
}
