/** "Did it matter?": the passages left out one by one, and what that did to the answer. */
import type { Evidence, PathTrace } from '../../api/types';
import { number, seconds, signed, t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import type { Mark } from '../../maths/marks';
import { ORIGINS, originsOf } from '../../maths/origins';
import { canRead } from '../../paths/paths';
import { Explained } from '../../shell/Explained';
import { Icon } from '../../shell/Icon';
import { Switch } from '../../shell/Switch';
import { type Laboratory, laboratoryFor, tests, type TestState } from '../../state/laboratory';
import { byKnowledge, calibrated } from '../../state/preferences';
import { EvidenceTable } from './EvidenceTable';
import { timesAsLikely } from './likelihood';
import { Weights } from './Weights';

interface Props {
  readonly view: ContrastView;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
}

/** Random sets of passages that are enough to attribute an answer to ten of them. */
const SETS = 16;

export function TestPanel({ view, path, marks }: Props) {
  const lab = laboratoryFor(view);
  const test = tests.value[path.path];
  const evidence = path.evidence ?? null;
  const busy = test?.state === 'running' || test?.state === 'waiting';
  const testable =
    lab !== null && path.tokens.length > 0 && path.passages.some((one) => one.inPrompt !== null);
  if (!canRead(path.path) || (evidence === null && !testable)) {
    return <div class="test" />;
  }
  return (
    <div class="test">
      {evidence !== null && <Findings evidence={evidence} path={path} marks={marks} />}
      {evidence?.masks === 0 && lab !== null && !busy && (
        <div class="test-offer">
          <button
            type="button"
            onClick={() => {
              lab.test(path.path, SETS);
            }}
          >
            {t('evidence.more')}
          </button>
          <span class="quiet">{t('evidence.more.about', { n: SETS })}</span>
        </div>
      )}
      {busy && <Progress test={test} path={path} lab={lab} />}
      {test?.state === 'failed' && (
        <p class="notice bad" role="alert">
          <Icon name="warn" />
          <span>{test.why === '' ? t('evidence.broke') : test.why}</span>
        </p>
      )}
      {evidence === null && !busy && lab !== null && (
        <div class="test-offer">
          <button
            type="button"
            onClick={() => {
              lab.test(path.path, 0);
            }}
          >
            {t('evidence.ask')}
          </button>
          <span class="quiet">{t('evidence.ask.about')}</span>
        </div>
      )}
    </div>
  );
}

interface ProgressProps {
  readonly test: Exclude<TestState, { state: 'failed' }>;
  readonly path: PathTrace;
  readonly lab: Laboratory | null;
}

function Progress({ test, path, lab }: ProgressProps) {
  const { done, total, remainingMs } =
    test.state === 'running' ? test : { done: 0, total: 0, remainingMs: null };
  const text =
    total > 0
      ? t('evidence.progress', { done: number(done), total: number(total) })
      : t(test.state === 'waiting' ? 'evidence.waits' : 'evidence.begins');
  const left = remainingMs === null ? '' : t('evidence.left', { time: seconds(remainingMs) });
  return (
    <div class="test-progress" role="status">
      <progress {...(total === 0 ? {} : { value: done / total })} aria-label={text} />
      <span class="figure">
        {text}
        {left !== '' && ` · ${left}`}
      </span>
      {lab !== null && (
        <button
          type="button"
          onClick={() => {
            lab.cancelTest(path.path);
          }}
        >
          {t('evidence.cancel')}
        </button>
      )}
    </div>
  );
}

interface FindingsProps {
  readonly evidence: Evidence;
  readonly path: PathTrace;
  readonly marks: Props['marks'];
}

function Findings({ evidence, path, marks }: FindingsProps) {
  const gain = evidence.logprob - evidence.withoutDocuments;
  const origins = originsOf(path) ?? [];
  const count = (origin: string) => origins.filter((one) => one === origin).length;
  return (
    <>
      <h3 class="label">{t('evidence.title')}</h3>
      <p>
        {t(gain >= 0 ? 'evidence.gain' : 'evidence.loss', { factor: timesAsLikely(gain) })}{' '}
        <span class="quiet">Δ log P {signed(gain, 1)}</span>
      </p>
      <p class="origins">
        {ORIGINS.filter((origin) => origin !== 'repeated' || count(origin) > 0).map((origin) => (
          <span key={origin}>
            <i class={`origin ${origin}`}>{number(count(origin))}</i>{' '}
            <Explained name={t(`origin.${origin}`)} about={t(`origin.${origin}.about`)}>
              {t(`origin.${origin}`)}
            </Explained>
          </span>
        ))}
      </p>
      {evidence.masks > 0 && <Weights evidence={evidence} marks={marks} />}
      <div class="test-switches">
        <Switch on={byKnowledge} text={t('evidence.colour')} />
        <Switch on={calibrated} text={t('evidence.calibrated.show')} />
        <EvidenceTable evidence={evidence} path={path} marks={marks} />
      </div>
    </>
  );
}
