/** Starts the page. */
import { render } from 'preact';
import './styles/index.css';
import { App } from './App';
import { openCatalogue } from './state/catalogue';
import { applyPreferences } from './state/preferences';
import { openLaboratory } from './state/liveLaboratory';
import { followAddress } from './state/route';

applyPreferences();
followAddress();
openLaboratory();
void openCatalogue();

const page = document.getElementById('page');
if (page !== null) {
  page.replaceChildren();
  render(<App />, page);
}
