/** Two aligned bars: what the prompt is made of, and where attention went. */
import { useState } from 'preact/hooks';
import type { PassageTrace, PathTrace } from '../../api/types';
import { fixed, number, percent, t } from '../../i18n';
import { colourOf, type Mark } from '../../maths/marks';
import type { Shares, Slice } from '../../maths/mass';
import { chosenTokens, clearFocus, hoveredPassage, hoveredToken, pinned } from '../../state/focus';
import { excludeSink } from '../../state/preferences';
import { Term } from '../formulas/Term';
import { BarsTable } from './BarsTable';
import { textOf } from '../../maths/wordAt';
import { markOf, sliceName } from './slices';

interface Props {
  readonly path: PathTrace;
  readonly shares: Shares;
  readonly marks: ReadonlyMap<number, Mark>;
}

export function Bars({ path, shares, marks }: Props) {
  const [pointed, setPointed] = useState<number | null>(null);
  const { slices } = shares;
  const attended = slices.some(({ mass }) => mass > 0);
  const slice = pointed === null ? undefined : slices[pointed];
  const point = (index: number | null) => {
    setPointed(index);
    hoveredPassage.value = index === null ? null : (slices[index]?.passageId ?? null);
  };
  const bar = (of: (slice: Slice) => number, kind: string) => (
    <div class={`bar ${kind}`} role="img" aria-label={summary(slices, of, marks)}>
      {slices.map((part, index) => (
        <span
          key={index}
          class={sliceClass(part, pointed === index, marks)}
          style={{
            '--share': `${of(part) * 100}%`,
            '--hue': colourOf(markOf(part, marks)),
          }}
          onPointerEnter={() => {
            point(index);
          }}
        />
      ))}
    </div>
  );
  return (
    <div class="bars">
      <div class="bars-head">
        <h3 class="label">{t('bars.title')}</h3>
        <FocusCaption path={path} shares={shares} />
      </div>
      {path.prompt === null ? (
        <p class="quiet">{t('bars.empty')}</p>
      ) : (
        <div
          class="bars-chart"
          onPointerLeave={() => {
            point(null);
          }}
        >
          <span class="bar-name">{t('bars.prompt')}</span>
          {bar(({ share }) => share, 'prompt')}
          <span />
          {attended ? <Links slices={slices} marks={marks} /> : <span class="links" />}
          <span class="bar-name">
            <Term name="mass">{t('bars.attended')}</Term>
          </span>
          {bar(({ mass }) => mass, 'attended')}
        </div>
      )}
      <p class="readout">
        {slice === undefined ? (
          path.prompt !== null && <Legend slices={slices} />
        ) : (
          <Readout slice={slice} marks={marks} passages={path.passages} />
        )}
      </p>
      <div class="bars-foot">
        <span class="bars-sink">
          <label class="switch">
            <input
              type="checkbox"
              role="switch"
              checked={!excludeSink.value}
              onChange={() => {
                excludeSink.value = !excludeSink.value;
              }}
            />
            <span class="hatched" aria-hidden="true" />
            {t('bars.sink')}
          </label>
          <Term name="sink" here={t('bars.sink.about')} />
        </span>
        {path.prompt !== null && <BarsTable path={path} shares={shares} marks={marks} />}
      </div>
    </div>
  );
}

const LEGEND = ['instruction', 'question', 'answer'] as const;

/** What the colours without a letter stand for. */
function Legend({ slices }: { readonly slices: readonly Slice[] }) {
  const kinds = LEGEND.filter((kind) => slices.some((slice) => slice.kind === kind));
  return (
    <span class="legend">
      {kinds.map((kind) => (
        <span key={kind}>
          <i class={`slice kind-${kind}`} />
          {t(`kind.${kind}`)}
        </span>
      ))}
    </span>
  );
}

/** Says which tokens the numbers are about. */
function FocusCaption({ path, shares }: Omit<Props, 'marks'>) {
  const chosen = [...chosenTokens(path.path).value];
  const only = chosen[0];
  const token = only === undefined ? undefined : path.tokens[only];
  if (only === undefined) {
    return <p class="caption">{t('bars.all', { n: number(shares.tokens) })}</p>;
  }
  const text =
    chosen.length === 1
      ? `${t('bars.one', { n: only + 1, text: token?.text.trim() ?? '' })} · p ${fixed(
          Math.exp(token?.logprob ?? 0),
          2,
        )}`
      : t('bars.some', { n: chosen.length, text: textOf(path.tokens, chosen) });
  return (
    <p class="caption focused">
      {text}
      {pinned.value?.path === path.path && hoveredToken.value === null && (
        <button type="button" class="link" onClick={clearFocus}>
          {t('bars.clear')}
        </button>
      )}
    </p>
  );
}

/** Bands from each part of the upper bar to its place in the lower one. */
function Links({ slices, marks }: { slices: readonly Slice[]; marks: Props['marks'] }) {
  let top = 0;
  let bottom = 0;
  return (
    <svg class="links" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
      {slices.map((slice, index) => {
        const [a, b] = [top * 1000, (top + slice.share) * 1000];
        const [c, d] = [bottom * 1000, (bottom + slice.mass) * 1000];
        top += slice.share;
        bottom += slice.mass;
        return slice.kind === 'template' ? null : (
          <path
            key={index}
            class={sliceClass(slice, false, marks)}
            style={{ '--hue': colourOf(markOf(slice, marks)) }}
            d={`M${a} 0H${b}C${b} 50 ${d} 50 ${d} 100H${c}C${c} 50 ${a} 50 ${a} 0Z`}
          />
        );
      })}
    </svg>
  );
}

interface ReadoutProps {
  readonly slice: Slice;
  readonly marks: Props['marks'];
  readonly passages: readonly PassageTrace[];
}

function Readout({ slice, marks, passages }: ReadoutProps) {
  const passage = passages.find(({ id }) => id === slice.passageId);
  return (
    <>
      <strong>{sliceName(slice, marks)}</strong>
      {passage === undefined ? '' : ` ${passage.heading.split(' › ').at(-1) ?? ''}`} ·{' '}
      {t('bars.readout', {
        tokens: number(slice.tokens),
        share: percent(slice.share),
        mass: percent(slice.mass),
      })}
      {slice.lift !== null && slice.kind === 'passage' && ` · ${fixed(slice.lift, 1)}×`}
    </>
  );
}

function sliceClass(slice: Slice, pointed: boolean, marks: Props['marks']): string {
  const passage = hoveredPassage.value;
  const lit = pointed || (passage !== null && passage === slice.passageId);
  const faded = passage !== null && passage !== slice.passageId;
  const again = (markOf(slice, marks)?.round ?? 0) > 0;
  return [`slice kind-${slice.kind}`, lit && 'lit', faded && 'faded', again && 'again']
    .filter(Boolean)
    .join(' ');
}

function summary(
  slices: readonly Slice[],
  of: (slice: Slice) => number,
  marks: Props['marks'],
): string {
  return slices
    .filter((slice) => of(slice) >= 0.01)
    .map((slice) => `${sliceName(slice, marks)} ${percent(of(slice))}`)
    .join(', ');
}
