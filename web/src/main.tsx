/** Starts the page. */
import { render } from 'preact';
import './styles/index.css';
import { App } from './App';
import { refreshCollections, refreshLimits, refreshModels } from './state/catalogue';
import { applyPreferences } from './state/preferences';
import { openLaboratory } from './state/liveLaboratory';
import { followAddress } from './state/route';

applyPreferences();
followAddress();
openLaboratory();
void refreshCollections();
void refreshModels();
void refreshLimits();

const page = document.getElementById('page');
if (page !== null) {
  render(<App />, page);
}
