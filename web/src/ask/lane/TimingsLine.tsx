/** How long each step of a path took. */
import type { PathTrace, StoredRows } from '../../api/types';
import { bytes, duration, fixed, number, t } from '../../i18n';
import { tokensPerSecond } from '../../maths/mass';

/** What was done so that passages which were read apart stand in one prompt. */
function Strategy({ rows }: { readonly rows: StoredRows }) {
  return rows.placed ? (
    <div>
      <dt>{t('time.strategy')}</dt>
      <dd>{t(`time.strategy.${rows.placed.strategy}`)}</dd>
    </div>
  ) : null;
}

function Stored({ rows }: { readonly rows: StoredRows }) {
  return (
    <div class="stored">
      <dt>{t('time.stored')}</dt>
      <dd>
        {t(`time.stored.${rows.outcome}`, {
          n: number(rows.tokens),
          size: bytes(rows.bytes),
          time: duration(rows.ms),
        })}
      </dd>
    </div>
  );
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
  ];
  return (
    <dl class="timings">
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? '—'}</dd>
        </div>
      ))}
      {prompt?.stored && <Stored rows={prompt.stored} />}
      {prompt?.stored && <Strategy rows={prompt.stored} />}
    </dl>
  );
}
