/** The tokens that could have come, as bars: what is cut is hatched, and says by what. */
import { percent, t } from '../../i18n';
import type { Cuts } from '../../maths/cuts';

interface Props {
  readonly cuts: Cuts;
  /** What was written. */
  readonly written: number;
}

export function CandidateList({ cuts, written }: Props) {
  const { candidates, rest, more } = cuts;
  const kept = candidates.filter(({ cut }) => cut === null);
  const most = Math.max(...candidates.map(({ warmed }) => warmed), rest, 1e-9);
  return (
    <>
      <ol class="candidates">
        {candidates.map(({ id, text, warmed, cut }) => (
          <li key={id} class={cut === null ? 'kept' : 'cut'}>
            <span class={id === written ? 'candidate written' : 'candidate'}>
              {visible(text)}
              {id === written && <span class="unseen"> ({t('next.this')})</span>}
            </span>
            <span class="candidate-bar" style={{ '--share': `${(warmed / most) * 100}%` }} />
            <span class="figure">{percent(warmed)}</span>
            <span class="quiet">{cut === null ? '' : t(`next.cut.${cut}`)}</span>
          </li>
        ))}
        <li class={more ? 'kept' : 'cut'}>
          <span class="candidate others">{t('next.rest')}</span>
          <span class="candidate-bar" style={{ '--share': `${(rest / most) * 100}%` }} />
          <span class="figure">{percent(rest)}</span>
          <span class="quiet" />
        </li>
      </ol>
      <p class="quiet">
        {t(more ? 'next.open' : 'next.closed', { n: kept.length })} {t('next.penalties')}
      </p>
    </>
  );
}

/** A token as it can be seen: blanks and ends of lines as signs. */
function visible(text: string): string {
  return text === '' ? '…' : text.replaceAll('\n', '↵').replaceAll(' ', '␣');
}
