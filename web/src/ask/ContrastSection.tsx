/** One question's contrast: what was asked, the lanes, and how the rankings agree. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnswerPath } from '../api/types';
import { moment, t } from '../i18n';
import type { ContrastView } from '../maths/contrast';
import { choose, shownIn } from '../maths/lanes';
import { marksOf } from '../maths/marks';
import { besideOf } from '../paths/laneNames';
import { readsFound, readsScope } from '../paths/paths';
import { Explained } from '../shell/Explained';
import { room } from '../shell/room';
import { isCut } from '../state/laneStatus';
import { useReplayed } from '../state/replay';
import { sideOf } from '../state/sides';
import { Agreement } from './agreement/Agreement';
import { Lane } from './lane/Lane';
import { LaneTabs } from './LaneTabs';
import { LookUps } from './lookups/LookUps';
import { Tour, TourOffer } from './tour/Tour';
import { ReplayBar, ReplayOffer } from './ReplayBar';

interface Props {
  readonly view: ContrastView;
  /** What can be done with it, beside its head. */
  readonly actions?: ComponentChildren;
}

export function ContrastSection({ view: whole, actions }: Props) {
  // Marks are those of the whole contrast, so that a replay does not recolour it.
  const marks = marksOf(whole.trace, whole.hits);
  const view = useReplayed(whole);
  const { trace } = view;
  const paths = trace.paths.map(({ path }) => path);
  // To begin with, the two look-ups are side by side, and a phone shows the one outside.
  const [order, setOrder] = useState<readonly AnswerPath[]>(() => [
    ...paths.filter(readsScope),
    ...paths.filter(readsFound),
  ]);
  const shown = shownIn(paths, order, room.value);
  const heading = useRef<HTMLHeadingElement>(null);
  const lanes = useRef<HTMLDivElement>(null);
  const [asked] = useState(whole.origin === 'live');
  useEffect(() => {
    // Who asked is taken to what is answered: the field of the question is folded away.
    if (asked) {
      scrollTo({ top: 0 });
      if (room.value === 1) {
        lanes.current?.scrollIntoView();
      }
      heading.current?.focus({ preventScroll: true });
    }
  }, [asked]);
  return (
    <section class="contrast" aria-label={trace.question}>
      {view.origin === 'example' && (
        <p class="ribbon">
          <strong>{t('ask.example')}</strong> {t('ask.example.about')}{' '}
          <button
            type="button"
            class="link"
            onClick={() => {
              const place = document.getElementById('look-query');
              place?.scrollIntoView({ block: 'start' });
              place?.focus({ preventScroll: true });
            }}
          >
            {t('ask.example.share')}
          </button>
        </p>
      )}
      <div class="contrast-head">
        <h1 ref={heading} tabIndex={-1}>
          {trace.question}
        </h1>
        <div class="actions">
          <TourOffer
            trace={whole.trace}
            onShow={(path) => {
              setOrder(choose(order, path));
            }}
          />
          <ReplayOffer view={whole} />
          {actions}
        </div>
        <Facts view={view} />
      </div>
      <ReplayBar view={whole} />
      {shown.length < paths.length && (
        <LaneTabs
          view={view}
          shown={new Set(shown)}
          onChoose={(path) => {
            setOrder(choose(order, path));
          }}
        />
      )}
      <div class={`lanes of-${shown.length}`} ref={lanes}>
        {trace.paths.map((path) => (
          <Lane
            key={path.path}
            view={view}
            path={path}
            marks={marks}
            shown={shown.includes(path.path)}
          />
        ))}
      </div>
      <LookUps view={view} marks={marks} />
      <Agreement trace={trace} marks={marks} />
      <Tour trace={whole.trace} />
    </section>
  );
}

function Facts({ view }: { readonly view: ContrastView }) {
  const { trace } = view;
  const cut = trace.status === 'complete' ? trace.paths.filter(isCut).length : 0;
  const scope =
    trace.scope.length === 0 ? t('ask.scope.all') : t('ask.scope.some', { n: trace.scope.length });
  return (
    <p class="facts">
      {view.lost ? (
        <span class="status lost">{t('lane.lost')}</span>
      ) : cut > 0 ? (
        <span class="status complete cut">{t('status.cut', { n: cut })}</span>
      ) : (
        <span class={`status ${trace.status}`}>{t(`status.${trace.status}`)}</span>
      )}
      {trace.collection !== null && (
        <span>
          {trace.collection} ·{' '}
          {trace.scope.length === 0 ? (
            scope
          ) : (
            <Explained name={t('ask.scope')} about={trace.scope.join(t('list.and'))}>
              {scope}
            </Explained>
          )}
        </span>
      )}
      {/* Contrasts from before there were styles have none. */}
      {trace.style && <span>{t(`style.${trace.style}`)}</span>}
      <Explained name={trace.model.name} about={`SHA-256 ${trace.model.checksum}`}>
        {trace.model.name} · {trace.model.format}
      </Explained>
      <span>
        {trace.sampling.temperature === 0
          ? t('ask.sampling.greedy')
          : `${t('sampling.temperature')} ${trace.sampling.temperature} · ${t('sampling.seed')} ${trace.sampling.seed}`}
      </span>
      {view.beside !== null && <span>{t('compare.with', { side: sideOf(besideOf('rag')) })}</span>}
      <span>{moment(trace.createdAt)}</span>
    </p>
  );
}
