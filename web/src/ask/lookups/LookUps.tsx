/** The four steps side by side: a look-up by key outside the decoder, and one inside. */
import { useMemo } from 'preact/hooks';
import type { AnswerPath, PathTrace } from '../../api/types';
import { t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import { type Inside, lookedUp } from '../../maths/lookup';
import type { Mark } from '../../maths/marks';
import { mostReading, sharesOf } from '../../maths/mass';
import { canRead, readsFound, readsScope } from '../../paths/paths';
import { pinned } from '../../state/focus';
import { laboratoryFor, lookUp, type LookUp, recall } from '../../state/laboratory';
import { PassageNames } from '../passages/PassageNames';
import { FORMULAS, STEP_NAMES, type StepName } from '../formulas/formulas';
import { Formula } from '../formulas/Formula';
import { Glossary } from './Glossary';
import { LookUpControls } from './LookUpControls';
import { LookUpQueries } from './LookUpQueries';
import { LookUpRows } from './LookUpRows';
import { TokenLines } from './TokenLines';

interface Props {
  readonly view: ContrastView;
  readonly marks: ReadonlyMap<number, Mark>;
}

export function LookUps({ view, marks }: Props) {
  const lanes = view.trace.paths.filter(
    ({ path, tokens }) => canRead(path) && tokens.some(({ mass }) => mass.length > 0),
  );
  const now = lookUp.value;
  const wanted = wantedOf(now?.wanted ?? null, lanes);
  const path = lanes.find((lane) => lane.path === wanted?.path);
  const inside =
    now?.state === 'there' ? now.inside : now?.state === 'computing' ? now.before : null;
  if (wanted === null || path === undefined) {
    return null;
  }
  const lab = laboratoryFor(view);
  return (
    <section class="lookups" aria-labelledby="lookups">
      <div class="lookups-head">
        <h2 id="lookups">{t('lookup.title')}</h2>
        <p>{t('lookup.about')}</p>
        <LookUpControls
          lanes={lanes}
          path={path}
          wanted={wanted}
          inside={inside}
          marks={marks}
          onChange={lab?.lookUp ?? recall}
          laboratory={lab}
        />
        {now?.state === 'computing' && <progress class="await" aria-label={t('lookup.reading')} />}
        {now?.state === 'failed' && (
          <p class="notice bad" role="alert">
            {now.why}
          </p>
        )}
      </div>
      <Steps view={view} path={path} wanted={wanted} inside={inside} marks={marks} />
      <TokenLines key={path.path} path={path} wanted={wanted} marks={marks} laboratory={lab} />
      <Glossary />
    </section>
  );
}

interface StepsProps extends Props {
  readonly path: PathTrace;
  readonly wanted: LookUp;
  readonly inside: Inside | null;
}

function Steps({ view, path, wanted, inside, marks }: StepsProps) {
  const known = inside?.path === path.path ? inside : null;
  const { token } = wanted;
  const retrieving = view.trace.paths.find((lane) => readsFound(lane.path));
  const rows = useMemo(
    () => lookedUp(path, retrieving, view.hits, sharesOf(path, new Set([token]), false), known),
    [path, retrieving, view.hits, token, known],
  );
  return (
    <>
      <PassageNames passages={rows.map(({ passage }) => passage)} marks={marks} />
      <ol class="look-steps">
        {STEP_NAMES.map((name, index) => (
          <li key={name} class="look-step" id={`look-${name}`} tabIndex={-1}>
            <h3>
              <span class="step-number">{index + 1}</span> {t(`lookup.step.${name}`)}
            </h3>
            <Side name={name} place="outside" />
            <Side name={name} place="inside" />
            {name === 'query' ? (
              <LookUpQueries view={view} path={path} wanted={wanted} inside={known} />
            ) : (
              <LookUpRows name={name} rows={rows} marks={marks} />
            )}
          </li>
        ))}
      </ol>
    </>
  );
}

interface SideProps {
  readonly name: StepName;
  readonly place: 'outside' | 'inside';
}

function Side({ name, place }: SideProps) {
  return (
    <div class={`look-side ${place}`}>
      <p class="label">{t(`lookup.${place}`)}</p>
      <p>{t(`step.${name}.${place}`)}</p>
      <Formula lines={FORMULAS[place][name]} />
    </div>
  );
}

/** What is shown: what was asked for, else the pinned word, else the one that read most. */
function wantedOf(asked: LookUp | null, lanes: readonly PathTrace[]): LookUp | null {
  const fits = (path: AnswerPath) => lanes.find((lane) => lane.path === path);
  if (asked !== null && (fits(asked.path)?.tokens.length ?? 0) > asked.token) {
    return asked;
  }
  const pin = pinned.value;
  const first = pin === null ? undefined : [...pin.tokens][0];
  if (pin !== null && first !== undefined && fits(pin.path) !== undefined) {
    return { path: pin.path, token: first, head: null };
  }
  const lane = lanes.find(({ path }) => readsScope(path)) ?? lanes[0];
  return lane === undefined ? null : { path: lane.path, token: mostReading(lane), head: null };
}
