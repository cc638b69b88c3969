// Who somebody is here, what they prefer, how servers are tracked, and what is set.
import { html } from '../base/html.js';
import { poll, session } from '../base/session.js';
import { useStore } from '../base/store.js';
import { Caller } from '../parts/caller.js';
import { EffectiveSettings } from '../parts/effective-settings.js';
import { Notice } from '../parts/notice.js';
import { Preferences } from '../parts/preferences.js';
import { Tracking } from '../parts/tracking.js';

/** @param {{parameters: URLSearchParams, caller?: string}} properties */
export function SettingsScreen({ parameters, caller }) {
  const { service, stats, statsAt, failure } = useStore(session);
  return html`<section class="settings" aria-label="Settings">
    <h1>Settings</h1>
    ${failure && html`<${Notice} failure=${failure} dataAt=${statsAt} onRetry=${poll} />`}
    <div class="halves">
      ${service && html`<${Caller} service=${service} />`}
      <${Preferences} service=${service} />
    </div>
    ${stats && html`<${Tracking} tracking=${stats.tracking} ring=${stats.ring} />`}
    <${EffectiveSettings} find=${parameters.get('find') ?? ''} caller=${caller} />
  </section>`;
}
