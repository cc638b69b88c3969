// What a person prefers in this browser.
import { dayAndTime } from '../base/formats.js';
import { html } from '../base/html.js';
import { mayShowValues, preferences, setShowsValues, setUtc } from '../base/preferences.js';
import { serviceTime } from '../base/service-time.js';
import { useStore } from '../base/store.js';
import { setTheme, theme, THEMES } from '../base/theme.js';

const NAMES = { system: 'as the system', light: 'light', dark: 'dark' };

/** @param {{service: any}} properties */
export function Preferences({ service }) {
  const { showsValues, isUtc } = useStore(preferences);
  const { name } = useStore(theme);
  const may = mayShowValues(service);
  return html`<section aria-labelledby="preferences">
    <h2 id="preferences">This browser</h2>
    <fieldset class="choice-of"><legend>Theme</legend>${THEMES.map((each) => html`<label><input type="radio" name="theme" value=${each}
      checked=${name === each} onChange=${() => setTheme(each)} /> ${NAMES[each]}</label>`)}</fieldset>
    <fieldset class="choice-of"><legend>Times</legend>
      <label><input type="radio" name="times" value="local" checked=${!isUtc} onChange=${() => setUtc(false)} /> of this browser</label>
      <label><input type="radio" name="times" value="utc" checked=${isUtc} onChange=${() => setUtc(true)} /> UTC</label>
      <span class="note">now ${dayAndTime(serviceTime())}</span>
    </fieldset>
    <fieldset class="choice-of"><legend>Values</legend>
      <label><input type="checkbox" name="values" checked=${may && showsValues} disabled=${!may} onChange=${(event) => setShowsValues(event.target.checked)} /> Show values at once</label>
      <span class="note">${may || service === null ? 'Each look then counts as a hit, and servers keep the item longer.' : 'Off in production, where looking changes nothing.'}</span>
    </fieldset>
  </section>`;
}
