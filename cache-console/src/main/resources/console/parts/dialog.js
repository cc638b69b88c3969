// A box above the page. The browser keeps the focus in it, first on what has data-first; Esc closes
// it if it may be closed.
import { html, useLayoutEffect, useRef } from '../base/html.js';

/** @param {{title: string, onClose?: () => void, children?: any}} properties */
export function Dialog({ title, onClose, children }) {
  const box = useRef(null);
  // At once: nothing can be clicked that is drawn and not shown yet.
  useLayoutEffect(() => {
    box.current.showModal();
    box.current.querySelector('[data-first]')?.focus();
    return () => box.current?.close();
  }, []);
  /** @param {Event} event */
  const cancel = (event) => {
    event.preventDefault();
    onClose?.();
  };
  return html`<dialog ref=${box} onCancel=${cancel} aria-labelledby="dialog-title">
    <h2 id="dialog-title">${title}</h2>
    ${children}
  </dialog>`;
}
