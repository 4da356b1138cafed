/** How long each step of a path took. */
import type { PathTrace, StoredRows } from '../../api/types';
import { bytes, duration, fixed, number, t } from '../../i18n';
import { tokensPerSecond } from '../../maths/mass';

function storedRow(stored: StoredRows | null): readonly (readonly [string, string])[] {
  if (stored === null) {
    return [];
  }
  const said = t(`time.stored.${stored.outcome}`, {
    n: number(stored.tokens),
    size: bytes(stored.bytes),
    time: duration(stored.ms),
  });
  return [[t('time.stored'), said]];
}

export function TimingsLine({ path }: { readonly path: PathTrace }) {
  const { timings, prompt } = path;
  const speed = tokensPerSecond(path);
  const time = (ms: number | null) => (ms === null ? null : duration(ms));
  const rows: readonly (readonly [string, string | null])[] = [
    [t('time.queue'), time(timings.queueMs)],
    [t('time.retrieval'), time(timings.retrievalMs)],
    [t('time.prefill'), time(timings.prefillMs)],
    [t('time.first'), time(timings.firstTokenMs)],
    [t('time.total'), time(timings.totalMs)],
    [t('time.tokens'), path.tokens.length === 0 ? null : number(path.tokens.length)],
    [t('time.speed'), speed === null ? null : fixed(speed, 1)],
    [
      t('time.cached'),
      prompt === null
        ? null
        : t('time.cached.of', { n: number(prompt.cachedTokens), total: number(prompt.tokens) }),
    ],
    ...storedRow(prompt?.stored ?? null),
  ];
  return (
    <dl class="timings">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '—'}</dd>
        </div>
      ))}
    </dl>
  );
}
