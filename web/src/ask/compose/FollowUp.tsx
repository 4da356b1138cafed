/** Asks further in the conversation that is shown, of what it was asked of: the composer, folded. */
import { useState } from 'preact/hooks';
import { t } from '../../i18n';
import { mainOf } from '../../maths/beside';
import type { ContrastView } from '../../maths/contrast';
import { besideOf } from '../../paths/laneNames';
import { askAgain } from '../../state/askAgain';
import { running } from '../../state/run';
import { sideOf } from '../../state/sides';
import { obstacleTo, targetOf } from '../../state/target';
import { AskButton } from './AskButton';
import { ObstacleNotice } from './ObstacleNotice';
import { TargetLine } from './TargetLine';

export function FollowUp({ view }: { readonly view: ContrastView }) {
  const [text, setText] = useState('');
  const target = targetOf(mainOf(view));
  const obstacle =
    obstacleTo(target) ?? (view.beside === null ? null : obstacleTo(targetOf(view.beside)));
  const ready = text.trim() !== '' && obstacle === null && !running.value;
  return (
    <form
      class="composer folded"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) {
          askAgain(view, text, view.trace.conversation);
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
      <TargetLine target={target} beside={view.beside === null ? null : sideOf(besideOf('rag'))} />
      {obstacle !== null && <ObstacleNotice obstacle={obstacle} id="follow-off" follows />}
    </form>
  );
}
