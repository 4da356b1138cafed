/** A document's text with the borders, headings and numbers of its passages. */
import { useEffect, useRef } from 'preact/hooks';
import type { DocumentText } from '../api/types';
import { number, t } from '../i18n';
import { type Stretch, stretchesOf } from '../maths/stretches';
import { PassageTools } from './PassageTools';

interface Props {
  readonly found: DocumentText;
  /** Where the passage stands that was asked for; of no length for a whole document. */
  readonly start: number;
  readonly end: number;
  readonly onChange: () => Promise<void>;
}

export function SourceText({ found, start, end, onChange }: Props) {
  const marked = useRef<HTMLElement>(null);
  const { text, passages, corrections } = found;
  useEffect(() => {
    marked.current?.scrollIntoView({ block: 'center' });
  }, [start, end]);
  let heading: string | null = null;
  return (
    <>
      {stretchesOf(text, passages, corrections).map((stretch) => {
        const part = (
          <Marked
            text={text}
            stretch={stretch}
            start={start}
            end={end}
            place={stretch.start <= start && start < stretch.end ? marked : null}
          />
        );
        const own = stretch.passage ?? stretch.correction;
        if (own === null) {
          return (
            <div key={stretch.start} class="between">
              {part}
            </div>
          );
        }
        const above = own.heading === heading ? '' : own.heading;
        heading = own.heading;
        return (
          <section
            key={stretch.start}
            class={stretch.passage === null ? 'stretch left-out' : 'stretch'}
            aria-label={t('source.passage', { n: number(own.ordinal + 1) })}
          >
            <div class="stretch-head">
              <span class="stretch-number" title={t('source.passage', { n: own.ordinal + 1 })}>
                {number(own.ordinal + 1)}
              </span>
              {above !== '' && <span class="stretch-heading">{above}</span>}
              {own.page !== null && above !== '' && (
                <span class="quiet">{t('passage.page', { n: own.page })}</span>
              )}
            </div>
            <PassageTools document={found.document.id} stretch={stretch} onChange={onChange}>
              {part}
            </PassageTools>
          </section>
        );
      })}
    </>
  );
}

interface MarkedProps {
  readonly text: string;
  readonly stretch: Stretch;
  readonly start: number;
  readonly end: number;
  readonly place: preact.RefObject<HTMLElement> | null;
}

/** The text of a stretch, with what of the asked passage is in it marked. */
function Marked({ text, stretch, start, end, place }: MarkedProps) {
  const from = Math.min(Math.max(start, stretch.start), stretch.end);
  const to = Math.max(from, Math.min(end, stretch.end));
  return (
    <>
      {text.slice(stretch.start, from)}
      {to > from && <mark ref={place}>{text.slice(from, to)}</mark>}
      {text.slice(to, stretch.end)}
    </>
  );
}
