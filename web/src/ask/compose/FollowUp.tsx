/** Asks further in the conversation that is shown, of what it was asked of. */
import { useEffect, useState } from 'preact/hooks';
import type { Trace } from '../../api/types';
import { t } from '../../i18n';
import { Icon } from '../../shell/Icon';
import { ask, running, stop } from '../../state/run';
import { obstacleTo, requestFor, targetOf } from '../../state/target';
import { ObstacleNotice } from './ObstacleNotice';
import { TargetLine } from './TargetLine';

export function FollowUp({ trace }: { readonly trace: Trace }) {
  const [text, setText] = useState('');
  // What was written for one contrast is not asked of the next.
  useEffect(() => {
    setText('');
  }, [trace.id]);
  const target = targetOf(trace);
  const obstacle = obstacleTo(target);
  const ready = text.trim() !== '' && obstacle === null && !running.value;
  return (
    <form
      class="follow"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) {
          void ask(requestFor(text, target, trace.conversation));
          scrollTo({ top: 0 });
        }
      }}
    >
      <div class="follow-row">
        <input
          type="text"
          name="follow-up"
          aria-label={t('ask.follow.label')}
          placeholder={t('ask.follow')}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        {running.value ? (
          <button type="button" onClick={() => void stop()}>
            <Icon name="stop" />
            {t('ask.stop')}
          </button>
        ) : (
          <button
            type="submit"
            class="primary"
            disabled={!ready}
            aria-describedby={obstacle === null ? undefined : 'follow-off'}
          >
            <Icon name="send" />
            {t('ask.ask')}
          </button>
        )}
      </div>
      <TargetLine target={target} />
      {obstacle !== null && <ObstacleNotice obstacle={obstacle} id="follow-off" follows />}
    </form>
  );
}
