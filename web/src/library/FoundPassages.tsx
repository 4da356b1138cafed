/** What a search found, with each list's rank and score, and what of it would be read. */
import type { PassageTrace, Search } from '../api/types';
import { fixed, isKey, number, t } from '../i18n';
import { listsOf, placeIn, scoreIn } from '../maths/lists';
import { openSource } from '../state/source';

export function FoundPassages({ found }: { readonly found: Search }) {
  const { passages, notice } = found;
  const lists = listsOf(passages);
  const noticed = notice?.code ? `notice.${notice.code}` : null;
  return (
    <>
      <p class="quiet">{settings(found)}</p>
      {notice !== null && (
        <p class="notice">
          {noticed !== null && isKey(noticed)
            ? t(noticed, { ...notice.values, n: notice.values.cut ?? 0 })
            : notice.text}
        </p>
      )}
      {passages.length === 0 ? (
        <p class="void">{t('search.none')}</p>
      ) : (
        <div class="scroll">
          <table class="list found">
            <caption class="unseen">{t('search.found')}</caption>
            <thead>
              <tr>
                <th scope="col" class="figure">
                  #
                </th>
                <th scope="col">{t('search.passage')}</th>
                {lists.map((list) => (
                  <th key={list} scope="col" class="figure">
                    {listName(list)}
                  </th>
                ))}
                <th scope="col" class="figure">
                  {t('step.fused')}
                </th>
                <th scope="col" class="figure">
                  {t('passage.inPrompt')}
                </th>
              </tr>
            </thead>
            <tbody>
              {passages.map((passage) => (
                <Row key={passage.id} passage={passage} lists={lists} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}

interface RowProps {
  readonly passage: PassageTrace;
  readonly lists: readonly string[];
}

function Row({ passage, lists }: RowProps) {
  const { retrieved, inPrompt } = passage;
  const place = passage.heading === '' ? passage.title : passage.heading;
  return (
    <tr class={inPrompt === null ? 'unread' : ''}>
      <td class="figure">{retrieved === null ? '—' : number(retrieved.rank)}</td>
      <th scope="row">
        <button
          type="button"
          class="link"
          onClick={() => {
            openSource(passage);
          }}
        >
          {place}
        </button>
        {passage.corrected === true && <span class="by-hand"> {t('source.corrected')}</span>}
        <small>{passage.text}</small>
      </th>
      {lists.map((list) => {
        const rank = placeIn(list, retrieved);
        const score = scoreIn(list, retrieved);
        return (
          <td key={list} class="figure">
            {score === null ? (
              '—'
            ) : (
              <>
                {rank !== null && `#${number(rank)} `}
                <small>{fixed(score, 2)}</small>
              </>
            )}
          </td>
        );
      })}
      <td class="figure">{retrieved === null ? '—' : fixed(retrieved.score, 3)}</td>
      <td class="figure">
        {inPrompt === null ? t('search.unread') : t('step.tokens', { n: number(inPrompt.tokens) })}
      </td>
    </tr>
  );
}

function listName(list: string): string {
  const key = `list.${list}`;
  return isKey(key) ? t(key) : list;
}

/** What a question at Ask gets, too. */
function settings(found: Search): string {
  const weights = Object.entries(found.weights).map(
    ([list, weight]) => `${listName(list)} × ${fixed(weight, 1)}`,
  );
  return [
    found.encoder,
    weights.join(' + '),
    ...(found.reranking === null ? [] : [listName(found.reranking.by)]),
    `k ${number(found.k)}`,
    t('search.of.budget', { n: number(found.budget), model: found.model }),
    `${number(Math.round(found.encodeMs + found.searchMs))} ms`,
  ].join(' · ');
}
