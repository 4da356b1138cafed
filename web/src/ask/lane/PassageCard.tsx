/** A passage with its three states, which are never merged: retrieved, in the prompt, attended. */
import { useCallback, useState } from 'preact/hooks';
import type { PassageEvidence, PassageTrace, PathTrace } from '../../api/types';
import { fixed, number, percent, signed, t } from '../../i18n';
import { listedOf } from '../../maths/lists';
import { colourOf, type Mark } from '../../maths/marks';
import type { PassageMass } from '../../maths/mass';
import { readsScope } from '../../paths/paths';
import { Explained } from '../../shell/Explained';
import { Icon } from '../../shell/Icon';
import { hoveredPassage } from '../../state/focus';
import type { Laboratory } from '../../state/laboratory';
import { calibrated } from '../../state/preferences';
import { canOpenSources, openSource } from '../../state/source';
import { Term } from '../formulas/Term';
import { listName } from '../passages/listName';
import { PassageMark } from '../passages/PassageMark';
import { timesAsLikely } from '../test/likelihood';
import { ExpectedPassage } from './Marking';
import { PassageText } from './PassageText';

interface Props {
  readonly passage: PassageTrace;
  readonly path: PathTrace;
  readonly mark: Mark | undefined;
  readonly mass: PassageMass | undefined;
  readonly laboratory: Laboratory | null;
}

export function PassageCard({ passage, path, mark, mass, laboratory }: Props) {
  const [whole, setWhole] = useState(false);
  // The same function every time, so that pointing at tokens does not render the words anew.
  const toggle = useCallback(() => {
    setWhole((before) => !before);
  }, []);
  const read = passage.inPrompt !== null;
  const tested = path.evidence?.passages.find(({ id }) => id === passage.id);
  const lit = hoveredPassage.value === passage.id;
  const headings = passage.heading.split(' › ').filter((heading) => heading !== '');
  const name = headings.at(-1) ?? passage.title;
  const above = [passage.title, ...headings.slice(0, -1).filter((h) => !h.includes(passage.title))];
  return (
    <li
      class={`card ${read ? '' : 'outside'} ${lit ? 'lit' : ''}`}
      style={{ '--hue': colourOf(mark) }}
      onPointerEnter={() => {
        hoveredPassage.value = passage.id;
      }}
      onPointerLeave={() => {
        hoveredPassage.value = null;
      }}
    >
      <div class="card-head">
        <PassageMark mark={mark} />
        <div class="card-name">
          <p class="crumbs">
            {above.join(' › ')}
            {passage.page !== null && ` › ${t('passage.page', { n: passage.page })}`}
          </p>
          <h4>{name}</h4>
          {passage.corrected === true && <p class="by-hand">{t('source.corrected')}</p>}
        </div>
        {laboratory !== null && (
          <ExpectedPassage laboratory={laboratory} passage={passage.id} name={name} />
        )}
        {canOpenSources.value && (
          <button
            type="button"
            class="plain"
            title={t('passage.open')}
            aria-label={`${t('passage.open')}: ${name}`}
            onClick={() => {
              openSource(passage);
            }}
          >
            <Icon name="open" />
          </button>
        )}
      </div>
      <PassageText passage={passage} path={path} whole={whole} onToggle={toggle} />
      <dl class={tested === undefined ? 'badges' : 'badges of-4'}>
        <RetrievedBadge passage={passage} path={path} />
        <PromptBadge passage={passage} path={path} />
        <AttendedBadge read={read} mass={mass} begun={path.tokens.length > 0} tested={tested} />
        {tested !== undefined && <MatteredBadge tested={tested} />}
      </dl>
      {read && <span class="meter" style={{ '--share': `${(mass?.mass ?? 0) * 100}%` }} />}
    </li>
  );
}

function RetrievedBadge({ passage, path }: Pick<Props, 'passage' | 'path'>) {
  // Where the scope is read, ranks are for comparison alone.
  const tone = readsScope(path.path) ? 'unused' : '';
  const { retrieved } = passage;
  return (
    <div>
      <dt>{t('passage.retrieved')}</dt>
      {retrieved === null ? (
        <dd class="none">{t('passage.not.retrieved')}</dd>
      ) : (
        <dd class={tone}>
          <Explained name={t('passage.retrieved')} about={scoresOf(retrieved)}>
            #{retrieved.rank} <small>· {scoreOf(retrieved)}</small>
          </Explained>
        </dd>
      )}
    </div>
  );
}

/** Every score that retrieval gave it, and its place where a list has places. */
function scoresOf(retrieved: NonNullable<PassageTrace['retrieved']>): string {
  return [
    ...listedOf(retrieved).map(
      ({ list, score, place }) =>
        `${listName(list)} ${fixed(score, 3)}${place === null ? '' : ` (#${place})`}`,
    ),
    `${t('step.fused')} ${fixed(retrieved.score, 4)}`,
  ].join(', ');
}

/** The number that says most: the cosine where there is one, else the fused score. */
function scoreOf({ dense, score }: { dense: number | null; score: number }): string {
  return fixed(dense ?? score, dense === null ? 3 : 2);
}

function PromptBadge({ passage, path }: Pick<Props, 'passage' | 'path'>) {
  const { inPrompt } = passage;
  const missing = reasonNotRead(passage, path);
  return (
    <div>
      <dt>{t('passage.inPrompt')}</dt>
      {inPrompt === null ? (
        <dd class="none">
          <Explained name={t(`passage.${missing}`)} about={t(`passage.${missing}.about`)}>
            {t(`passage.${missing}`)}
          </Explained>
        </dd>
      ) : (
        <dd>
          {number(inPrompt.tokens)} <small>{t('bars.tokens').toLowerCase()}</small>
        </dd>
      )}
    </div>
  );
}

/** Why a passage that is shown did not come into the prompt. */
function reasonNotRead(passage: PassageTrace, path: PathTrace): 'cut' | 'unfit' | 'outside' {
  const left = path.prompt?.left ?? 0;
  if (readsScope(path.path)) {
    return left > 0 ? 'unfit' : 'outside';
  }
  const read = path.passages.filter(({ inPrompt }) => inPrompt !== null).length;
  return (passage.retrieved?.rank ?? 0) <= read + left ? 'unfit' : 'cut';
}

interface AttendedProps {
  readonly read: boolean;
  readonly mass: PassageMass | undefined;
  readonly begun: boolean;
  readonly tested: PassageEvidence | undefined;
}

function AttendedBadge({ read, mass, begun, tested }: AttendedProps) {
  if (calibrated.value && tested !== undefined) {
    return (
      <div>
        <dt>
          <Term name="calibrated">{t('evidence.calibrated')}</Term>
        </dt>
        <dd class="attended">{signed(tested.calibrated, 3)}</dd>
      </div>
    );
  }
  return (
    <div>
      <dt>{t('passage.attended')}</dt>
      {!read || mass === undefined ? (
        <dd class="none">{t('passage.unread')}</dd>
      ) : !begun ? (
        <dd class="none">{t('passage.pending')}</dd>
      ) : (
        <dd class="attended">
          {percent(mass.mass)} {mass.lift !== null && <small>({fixed(mass.lift, 1)}×)</small>}
        </dd>
      )}
    </div>
  );
}

/** What leaving the passage out did to the answer. */
function MatteredBadge({ tested }: { readonly tested: PassageEvidence }) {
  const { delta } = tested;
  const factor = timesAsLikely(delta);
  return (
    <div>
      <dt>
        <Term name="delta" here={t(delta >= 0 ? 'evidence.for' : 'evidence.against', { factor })}>
          {t('evidence.mattered')}
        </Term>
      </dt>
      <dd class={Math.abs(delta) < Math.LN2 ? 'none' : 'attended'}>
        Δ {signed(delta, 2)} <small>({delta >= 0 ? `${factor}×` : `÷${factor}`})</small>
      </dd>
    </div>
  );
}
