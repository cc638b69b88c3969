// What surrounds every screen.
import { SCREENS } from '../base/routes.js';
import { html, useEffect, useMemo, useState } from '../base/html.js';
import { useKeptFocus, useKeys } from '../base/keyboard.js';
import { go, useRoute } from '../base/router.js';
import { session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Bar } from './bar.js';
import { Guarded } from './guarded.js';
import { Help } from './help.js';
import { Icon } from './icons.js';
import { SignIn } from './sign-in.js';
import { Untold } from './untold.js';

export function Shell() {
  const { path, parameters } = useRoute();
  const { needsToken, service, callers } = useStore(session);
  const [isHelpOpen, setHelpOpen] = useState(false);
  const screen = SCREENS.find((known) => known.path === path);
  useKeptFocus();
  useKeys(
    useMemo(() => {
      const actions = { '?': () => setHelpOpen(true) };
      SCREENS.filter((known) => known.shortcut).forEach((known) => {
        actions[known.shortcut] = () => go(`#${known.path}`);
      });
      return actions;
    }, []),
  );
  useEffect(() => {
    document.title = `${screen?.title ?? 'Not found'} · Cache App`;
    // What had the keyboard has gone with the screen before.
    if (document.activeElement === document.body) {
      document.getElementById('main').focus({ preventScroll: true });
    }
  }, [path]);
  return html`<a class="skip" href="#main" onClick=${skip}>Skip to content</a>
    <${Guarded}><${Bar} onHelp=${() => setHelpOpen(true)} /><//>
    <${Navigation} path=${screen?.within ?? path} isWithin=${screen?.within !== undefined} />
    ${!needsToken && html`<${Untold} />`}
    <main id="main" tabindex="-1" hidden=${needsToken}>
      ${screen
        ? html`<${Guarded} key=${`${callers} ${path}`}><${screen.component} key=${callers} parameters=${parameters} caller=${service?.caller} /><//>`
        : html`<p class="empty">There is no such screen. <a href="#/">Go to the overview</a></p>`}
    </main>
    ${isHelpOpen && html`<${Help} onClose=${() => setHelpOpen(false)} />`}
    ${needsToken && html`<${SignIn} />`}`;
}

/** The fragment is for views, so it cannot name the place. @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

/** @param {{path: string, isWithin: boolean}} properties isWithin: whether a part of that screen is shown */
function Navigation({ path, isWithin }) {
  // A phone shows some of them only.
  useEffect(() => document.querySelector('.navigation [aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [path]);
  return html`<nav class="navigation" aria-label="Screens">
    ${SCREENS.filter((screen) => screen.shortcut).map(
      (screen) => html`<a href=${`#${screen.path}`} aria-current=${screen.path === path ? (isWithin ? 'true' : 'page') : undefined}>
        <${Icon} name=${screen.icon ?? screen.path.slice(1)} />${screen.title}
      </a>`,
    )}
    <a href="../docs/"><${Icon} name="docs" />REST API</a>
  </nav>`;
}
