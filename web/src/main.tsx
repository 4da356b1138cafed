/** Starts the page. */
import { render } from 'preact';
import './styles/index.css';
import { App } from './shell/App';
import { refreshCollections, refreshModels } from './state/catalogue';
import { applyPreferences } from './state/preferences';
import { followAddress } from './state/route';

applyPreferences();
followAddress();
void refreshCollections();
void refreshModels();

const page = document.getElementById('page');
if (page !== null) {
  render(<App />, page);
}
