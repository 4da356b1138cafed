/** One question's contrast: what was asked, the lanes, and how the rankings agree. */
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { AnswerPath } from '../api/types';
import { moment, percent, t } from '../i18n';
import type { ContrastView } from '../maths/contrast';
import { marksOf } from '../maths/marks';
import { documentMass, sharesOf } from '../maths/mass';
import { canRead, readsFound, titleOf } from '../paths/paths';
import { isCut, laneStatus } from '../state/laneStatus';
import { excludeSink } from '../state/preferences';
import { useReplayed } from '../state/replay';
import { Agreement } from './agreement/Agreement';
import { Lane } from './lane/Lane';
import { LookUps } from './lookups/LookUps';
import { ReplayBar } from './ReplayBar';

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
  const [tab, setTab] = useState<AnswerPath | null>(null);
  const shown = trace.paths.some(({ path }) => path === tab)
    ? tab
    : (trace.paths.find(({ path }) => readsFound(path))?.path ?? trace.paths[0]?.path ?? null);
  return (
    <section class="contrast" aria-label={trace.question}>
      {view.origin === 'example' && (
        <p class="ribbon">
          <strong>{t('ask.example')}</strong> {t('ask.example.about')}
        </p>
      )}
      <div class="contrast-head">
        <div>
          <h1>{trace.question}</h1>
          <Facts view={view} />
        </div>
        {actions}
      </div>
      <ReplayBar view={whole} />
      <div class="tabs" role="group" aria-label={t('path.label')}>
        {trace.paths.map((path) => (
          <button
            key={path.path}
            type="button"
            aria-pressed={path.path === shown}
            onClick={() => {
              setTab(path.path);
            }}
          >
            <strong>{titleOf(path.path)}</strong>
            <span>{laneStatus(path, view.waiting[path.path], trace.status, view.lost).text}</span>
            <span class="tab-mass">
              {path.prompt !== null && canRead(path.path) && path.tokens.length > 0
                ? `${t('passage.title')} ${percent(
                    documentMass(sharesOf(path, new Set(), excludeSink.value)),
                  )}`
                : ' '}
            </span>
          </button>
        ))}
      </div>
      <div class={`lanes of-${trace.paths.length}`}>
        {trace.paths.map((path) => (
          <Lane key={path.path} view={view} path={path} marks={marks} shown={path.path === shown} />
        ))}
      </div>
      <LookUps view={view} marks={marks} />
      <Agreement trace={trace} marks={marks} />
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
        <span title={trace.scope.join('\n')}>
          {trace.collection} · {scope}
        </span>
      )}
      {/* Contrasts from before there were styles have none. */}
      {trace.style && <span>{t(`style.${trace.style}`)}</span>}
      <span title={trace.model.checksum}>
        {trace.model.name} · {trace.model.format}
      </span>
      <span>
        {trace.sampling.temperature === 0
          ? t('ask.sampling.greedy')
          : `${t('sampling.temperature')} ${trace.sampling.temperature} · ${t('sampling.seed')} ${trace.sampling.seed}`}
      </span>
      <span>{moment(trace.createdAt)}</span>
    </p>
  );
}
