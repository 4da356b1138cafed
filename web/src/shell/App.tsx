/** The frame around every screen. */
import { AskScreen } from '../ask/AskScreen';
import { HistoryScreen } from '../history/HistoryScreen';
import { t } from '../i18n';
import { LibraryScreen } from '../library/LibraryScreen';
import { SourceDrawer } from '../library/SourceDrawer';
import { ModelsScreen } from '../models/ModelsScreen';
import { spoken } from '../state/announce';
import { format, route } from '../state/route';
import { Boundary } from './Boundary';
import { ConfirmDialog } from './ConfirmDialog';
import { Header } from './Header';
import { KeyDialog } from './KeyDialog';
import { Nowhere } from './Nowhere';
import { useEscape } from './useEscape';

export function App() {
  useEscape();
  return (
    <>
      <a
        class="skip"
        href="#content"
        onClick={(event) => {
          // The address's fragment names the screen, so the jump is made by hand.
          event.preventDefault();
          document.getElementById('content')?.focus();
        }}
      >
        {t('nav.skip')}
      </a>
      <Header />
      <main id="content" tabIndex={-1}>
        <Boundary place={format(route.value)}>
          <Screen />
        </Boundary>
      </main>
      <SourceDrawer />
      <ConfirmDialog />
      <KeyDialog />
      <div class="unseen" aria-live="polite">
        {spoken.value}
      </div>
    </>
  );
}

function Screen() {
  switch (route.value.screen) {
    case 'ask':
    case 'contrast':
      return <AskScreen />;
    case 'library':
      return <LibraryScreen collection={route.value.collection} />;
    case 'history':
      return <HistoryScreen />;
    case 'models':
      return <ModelsScreen />;
    case 'nowhere':
      return (
        <div class="page">
          <Nowhere why="nowhere.address" />
        </div>
      );
  }
}
