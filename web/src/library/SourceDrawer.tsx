/** A document's text at a passage's place, from wherever the passage was shown. */
import { useEffect, useRef, useState } from 'preact/hooks';
import * as api from '../api/client';
import { currentKey } from '../api/key';
import type { DocumentText } from '../api/types';
import { wordsFor } from '../api/words';
import { save } from '../browser/save';
import { number, t } from '../i18n';
import { Icon } from '../shell/Icon';
import { locate } from '../maths/stretches';
import { refreshCollections } from '../state/catalogue';
import { source, type Source } from '../state/source';
import { libraryVersion } from '../state/uploads';
import { KeptCorrections } from './KeptCorrections';
import { SourceText } from './SourceText';

type Loaded =
  | { readonly state: 'loading' }
  | {
      readonly state: 'there';
      readonly found: DocumentText;
      readonly start: number;
      readonly end: number;
    }
  | { readonly state: 'gone'; readonly why: string };

export function SourceDrawer() {
  const place = source.value;
  return place === null ? null : (
    <Drawer key={`${place.documentId}-${place.start}`} place={place} />
  );
}

function Drawer({ place }: { readonly place: Source }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [loaded, setLoaded] = useState<Loaded>({ state: 'loading' });
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  useEffect(() => {
    let wanted = true;
    api
      .documentText(place.documentId)
      .then((text) => {
        if (wanted) {
          const at = locate(place, text.text, text.passages);
          setLoaded(
            at === null
              ? { state: 'gone', why: t('source.gone') }
              : { state: 'there', found: text, ...at },
          );
        }
      })
      .catch((caught: unknown) => {
        if (wanted) {
          setLoaded({ state: 'gone', why: wordsFor(caught) });
        }
      });
    return () => {
      wanted = false;
    };
  }, [place]);
  const changed = async () => {
    const found = await api.documentText(place.documentId);
    setLoaded((before) => (before.state === 'there' ? { ...before, found } : before));
    libraryVersion.value++;
    await refreshCollections();
  };
  const close = () => {
    source.value = null;
  };
  return (
    <dialog
      ref={dialog}
      class="drawer"
      aria-label={`${t('source.label')}: ${place.title}`}
      onClose={close}
      onClick={(event) => {
        if (event.target === dialog.current) {
          close();
        }
      }}
    >
      <header>
        <div>
          <p class="crumbs">{place.heading}</p>
          <h2>{place.title}</h2>
          {loaded.state === 'there' && (
            <p class="source-facts">
              <span>{facts(loaded.found)}</span>
              {loaded.found.document.bytes !== null && <OriginalLink id={place.documentId} />}
            </p>
          )}
        </div>
        <button type="button" class="plain" aria-label={t('source.close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="drawer-text" tabIndex={0} role="group" aria-label={place.title}>
        <Body place={place} loaded={loaded} onChange={changed} />
      </div>
    </dialog>
  );
}

/** With a key the file has to be fetched by hand: a link sends none. */
function OriginalLink({ id }: { readonly id: number }) {
  const [problem, setProblem] = useState<string | null>(null);
  const path = api.originalOf(id);
  const fetchIt = async () => {
    const response = await api.send(path);
    const name = /filename\*=UTF-8''(\S+)/.exec(response.headers.get('content-disposition') ?? '');
    const file = await response.blob();
    save(file, file.type, decodeURIComponent(name?.[1] ?? 'document'));
  };
  return (
    <>
      <a
        class="link"
        href={path}
        download
        onClick={(event) => {
          if (currentKey() !== null) {
            event.preventDefault();
            fetchIt().catch((caught: unknown) => {
              setProblem(wordsFor(caught));
            });
          }
        }}
      >
        {t('source.original')}
      </a>
      {problem !== null && <span role="alert"> {problem}</span>}
    </>
  );
}

interface BodyProps {
  readonly place: Source;
  readonly loaded: Loaded;
  readonly onChange: () => Promise<void>;
}

function Body({ place, loaded, onChange }: BodyProps) {
  switch (loaded.state) {
    case 'loading':
      return <progress class="await" aria-label={place.title} />;
    case 'gone':
      return (
        <>
          <p class="notice">
            <Icon name="warn" />
            <span>{place.text === null ? loaded.why : t('source.gone')}</span>
          </p>
          {place.text !== null && <mark>{place.text}</mark>}
        </>
      );
    case 'there':
      return (
        <>
          <KeptCorrections found={loaded.found} onChange={onChange} />
          <SourceText
            found={loaded.found}
            start={loaded.start}
            end={loaded.end}
            onChange={onChange}
          />
        </>
      );
  }
}

/** How many passages the document has, and what of them was changed by hand. */
function facts({ passages, corrections }: DocumentText): string {
  const changed = corrections.filter(({ applied }) => applied);
  const left = changed.filter(({ text }) => text === null).length;
  const said = changed.length - left;
  return [
    t('ask.scope.passages', { n: number(passages.length) }),
    ...(said > 0 ? [t('source.corrected.count', { n: number(said) })] : []),
    ...(left > 0 ? [t('source.left.out.count', { n: number(left) })] : []),
  ].join(' · ');
}
