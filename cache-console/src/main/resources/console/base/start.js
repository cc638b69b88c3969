// Where the console begins: draws the shell and asks for the state of the service.
import { Shell } from '../parts/shell.js';
import { html, render } from './html.js';
import { poll } from './session.js';

render(html`<${Shell} />`, document.getElementById('console'));
poll();
