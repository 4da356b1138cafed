/** The frame around every screen. */
import { useEffect } from 'preact/hooks';
import { AskScreen } from './ask/AskScreen';
import { ExperimentsScreen } from './experiments/ExperimentsScreen';
import { HistoryScreen } from './history/HistoryScreen';
import { t } from './i18n';
import { LibraryScreen } from './library/LibraryScreen';
import { SourceDrawer } from './library/SourceDrawer';
import { ModelsScreen } from './models/ModelsScreen';
import { Boundary } from './shell/Boundary';
import { ConfirmDialog } from './shell/ConfirmDialog';
import { Header } from './shell/Header';
import { KeyDialog } from './shell/KeyDialog';
import { Nowhere } from './shell/Nowhere';
import { useEscape } from './shell/useEscape';
import { spoken } from './state/announce';
import { format, route } from './state/route';
import { title } from './state/title';

export function App() {
  useEscape();
  const name = title.value;
  useEffect(() => {
    document.title = name;
  }, [name]);
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
    case 'experiments':
      return <ExperimentsScreen id={route.value.id} />;
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
