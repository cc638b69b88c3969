// Every screen: a new one is a new file in screens/ and a line here.
import { ChangeScreen } from '../screens/change.js';
import { DumpsScreen } from '../screens/dumps.js';
import { JobsScreen } from '../screens/jobs.js';
import { KeyScreen } from '../screens/key.js';
import { KeysScreen } from '../screens/keys.js';
import { SettingsScreen } from '../screens/settings.js';

/**
 * @typedef {object} Screen
 * @property {string} path in the fragment
 * @property {string} title
 * @property {string} [shortcut] what goes there; with it, the screen is in the navigation
 * @property {string} [within] the path of the screen that it is a part of
 * @property {any} component gets the parameters of the fragment
 */

/** @type {Screen[]} */
export const SCREENS = [
  { path: '/keys', title: 'Keys', shortcut: 'g k', component: KeysScreen },
  { path: '/key', title: 'Key', within: '/keys', component: KeyScreen },
  { path: '/change', title: 'Change keys', within: '/keys', component: ChangeScreen },
  { path: '/dumps', title: 'Dumps', shortcut: 'g d', component: DumpsScreen },
  { path: '/jobs', title: 'Jobs', shortcut: 'g j', component: JobsScreen },
  { path: '/settings', title: 'Settings', shortcut: 'g s', component: SettingsScreen },
];

/** The screen that a console without a fragment shows. */
export const FIRST = '/keys';
