/** Asks further in the conversation that is shown, of what it was asked of: the composer, folded. */
import { useState } from 'preact/hooks';
import type { Trace } from '../../api/types';
import { t } from '../../i18n';
import { ask, running } from '../../state/run';
import { obstacleTo, requestFor, targetOf } from '../../state/target';
import { AskButton } from './AskButton';
import { ObstacleNotice } from './ObstacleNotice';
import { TargetLine } from './TargetLine';

export function FollowUp({ trace }: { readonly trace: Trace }) {
  const [text, setText] = useState('');
  const target = targetOf(trace);
  const obstacle = obstacleTo(target);
  const ready = text.trim() !== '' && obstacle === null && !running.value;
  return (
    <form
      class="composer folded"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) {
          void ask(requestFor(text, target, trace.conversation));
        }
      }}
    >
      <div class="composer-row">
        <input
          type="text"
          name="follow-up"
          autocomplete="off"
          aria-label={t('ask.follow.label')}
          placeholder={t('ask.follow')}
          value={text}
          onInput={(event) => {
            setText(event.currentTarget.value);
          }}
        />
        <AskButton ready={ready} why={obstacle === null ? undefined : 'follow-off'} />
      </div>
      <TargetLine target={target} />
      {obstacle !== null && <ObstacleNotice obstacle={obstacle} id="follow-off" follows />}
    </form>
  );
}
