// Every screen: a new one is a new file in screens/ and a line here.
import { AnalysisScreen } from '../screens/analysis.js';
import { ChangeScreen } from '../screens/change.js';
import { ChangesScreen } from '../screens/changes.js';
import { DumpsScreen } from '../screens/dumps.js';
import { JobsScreen } from '../screens/jobs.js';
import { KeyScreen } from '../screens/key.js';
import { KeysScreen } from '../screens/keys.js';
import { OverviewScreen } from '../screens/overview.js';
import { SettingsScreen } from '../screens/settings.js';
import { TreeScreen } from '../screens/tree.js';

/**
 * @typedef {object} Screen
 * @property {string} path in the fragment
 * @property {string} title
 * @property {string} [icon] in the navigation, if it is not named like the path
 * @property {string} [shortcut] what goes there; with it, the screen is in the navigation
 * @property {string} [within] the path of the screen that it is a part of
 * @property {any} component gets the parameters of the fragment
 */

/** @type {Screen[]} */
export const SCREENS = [
  { path: '/', title: 'Overview', icon: 'overview', shortcut: 'g o', component: OverviewScreen },
  { path: '/keys', title: 'Keys', shortcut: 'g k', component: KeysScreen },
  { path: '/key', title: 'Key', within: '/keys', component: KeyScreen },
  { path: '/tree', title: 'Tree', shortcut: 'g t', component: TreeScreen },
  { path: '/analysis', title: 'Analysis', shortcut: 'g a', component: AnalysisScreen },
  { path: '/change', title: 'Change keys', within: '/keys', component: ChangeScreen },
  { path: '/changes', title: 'Changes', shortcut: 'g c', component: ChangesScreen },
  { path: '/dumps', title: 'Dumps', shortcut: 'g d', component: DumpsScreen },
  { path: '/jobs', title: 'Jobs', shortcut: 'g j', component: JobsScreen },
  { path: '/settings', title: 'Settings', shortcut: 'g s', component: SettingsScreen },
];
