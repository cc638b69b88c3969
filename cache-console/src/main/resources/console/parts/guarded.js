// Keeps the rest of the page alive if a part cannot be drawn, as when an answer is not what it should be.
import { html, useErrorBoundary } from '../base/html.js';
import { Notice } from './notice.js';

/** @param {{children?: any}} properties */
export function Guarded({ children }) {
  const [failure, retry] = useErrorBoundary();
  return failure ? html`<${Notice} failure=${new Error(`The service has answered in a way that this page does not understand (${failure.message}).`)} onRetry=${retry} />` : children;
}
