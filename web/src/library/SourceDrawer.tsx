/** A document's text at a passage's place, from wherever the passage was shown. */
import { useEffect, useRef, useState } from 'preact/hooks';
import * as api from '../api/client';
import { currentKey } from '../api/key';
import { wordsFor } from '../api/words';
import { save } from '../browser/save';
import { t } from '../i18n';
import { Icon } from '../shell/Icon';
import { source, type Source } from '../state/source';

type Loaded =
  | { readonly state: 'loading' }
  | {
      readonly state: 'there';
      readonly text: string;
      readonly start: number;
      readonly end: number;
      readonly original: boolean;
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
          const found = locate(place, text.text);
          setLoaded(
            found === null
              ? { state: 'gone', why: t('source.gone') }
              : {
                  state: 'there',
                  text: text.text,
                  original: text.document.bytes !== null,
                  ...found,
                },
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
          {loaded.state === 'there' && loaded.original && <OriginalLink id={place.documentId} />}
        </div>
        <button type="button" class="plain" aria-label={t('source.close')} onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      <div class="drawer-text" tabIndex={0} role="group" aria-label={place.title}>
        <Body place={place} loaded={loaded} />
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
    <p>
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
    </p>
  );
}

function Body({ place, loaded }: { readonly place: Source; readonly loaded: Loaded }) {
  const marked = useRef<HTMLElement>(null);
  useEffect(() => {
    marked.current?.scrollIntoView({ block: 'center' });
  }, [loaded]);
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
          {place.text !== null && <mark ref={marked}>{place.text}</mark>}
        </>
      );
    case 'there': {
      const { text, start, end } = loaded;
      return (
        <>
          {text.slice(0, start)}
          {end > start && <mark ref={marked}>{text.slice(start, end)}</mark>}
          {text.slice(end)}
        </>
      );
    }
  }
}

/**
 * Where the passage stands in the text; null if it does not: the document was changed since it was
 * read, or the trace comes from another server.
 */
function locate(place: Source, text: string): { start: number; end: number } | null {
  const { start, end } = place;
  if (place.text === null) {
    return { start, end };
  }
  const words = (value: string) => value.replace(/\s+/g, ' ').trim();
  if (words(text.slice(start, end)) === words(place.text)) {
    return { start, end };
  }
  const at = text.indexOf(place.text.trim());
  return at < 0 ? null : { start: at, end: at + place.text.trim().length };
}
