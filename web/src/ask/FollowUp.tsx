/** Asks further in the conversation that is shown. */
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import { Icon } from '../shell/Icon';
import { requestFor } from '../state/draft';
import { ask, running, stop } from '../state/run';

export function FollowUp({ conversation }: { readonly conversation: string }) {
  const [text, setText] = useState('');
  const submit = () => {
    if (text.trim() !== '' && !running.value) {
      void ask(requestFor(text, conversation));
      setText('');
      scrollTo({ top: 0 });
    }
  };
  return (
    <form
      class="follow"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
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
        <button type="submit" class="primary" disabled={text.trim() === ''}>
          <Icon name="send" />
          {t('ask.ask')}
        </button>
      )}
    </form>
  );
}
