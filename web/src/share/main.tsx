/** Starts an exported page: everything it shows came with it. */
import { render } from 'preact';
import '../styles/index.css';
import { canOpenSources } from '../state/source';
import { applyPreferences } from '../state/preferences';
import { traceBeside } from '../maths/beside';
import { viewOf } from '../maths/contrast';
import { show } from '../state/shown';
import { showFindings } from '../export/findings';
import { readShared } from '../export/shared';
import { SharedPage } from './SharedPage';

applyPreferences();
canOpenSources.value = false;

const page = document.getElementById('page');
const shared = readShared();
if (page !== null && shared !== null) {
  const { trace, beside } = shared;
  show(viewOf(trace, 'stored'), beside ? viewOf(traceBeside(beside), 'stored') : null);
  showFindings(shared);
  document.title = `${shared.trace.question} · Kvasir`;
  render(<SharedPage shared={shared} />, page);
}
