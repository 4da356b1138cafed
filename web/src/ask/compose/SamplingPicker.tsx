/** How tokens are chosen. */
import { t } from '../../i18n';
import { Popover } from '../../shell/Popover';
import * as draft from '../../state/draft';
import { change, changedAmong, type Field, Reset, WishFields } from './WishFields';

const FIELDS: readonly Field[] = [
  'temperature',
  'topP',
  'topK',
  'minP',
  'repetitionPenalty',
  'presencePenalty',
  'frequencyPenalty',
  'seed',
  'maxTokens',
];
const ALL = [...FIELDS, 'stop'] as const;

export function SamplingPicker() {
  const changed = changedAmong(ALL).length;
  return (
    <Popover
      name={t('ask.sampling')}
      class="sampling"
      label={
        <>
          <span class="label">{t('ask.sampling')}</span>
          {changed === 0 ? t('ask.sampling.greedy') : t('ask.sampling.changed', { n: changed })}
        </>
      }
    >
      <p class="quiet">{t('ask.sampling.same')}</p>
      <WishFields fields={FIELDS} />
      <label class="field">
        <span>{t('sampling.stop')}</span>
        <textarea
          rows={2}
          value={draft.wishes.value.stop.join('\n')}
          onChange={(event) => {
            const stop = event.currentTarget.value.split('\n').filter((line) => line !== '');
            change({ stop });
          }}
        />
      </label>
      <Reset keys={ALL} />
    </Popover>
  );
}
