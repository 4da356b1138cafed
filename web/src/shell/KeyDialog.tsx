/** Asks for the key of a server that wants one. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { giveKey, keyWanted } from '../api/key';
import { t } from '../i18n';

export function KeyDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [key, setKey] = useState('');
  const wanted = keyWanted.value;
  useEffect(() => {
    if (wanted !== null && dialog.current?.open === false) {
      dialog.current.showModal();
    }
  }, [wanted]);
  if (wanted === null) {
    return null;
  }
  return (
    <dialog
      ref={dialog}
      class="confirm"
      aria-label={t('key.title')}
      onCancel={(event) => {
        // Without a key there is nothing behind the dialog to go back to.
        event.preventDefault();
      }}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() !== '') {
            giveKey(key.trim());
            setKey('');
          }
        }}
      >
        <p>{t(wanted === 'missing' ? 'key.missing' : 'key.unknown')}</p>
        <p>{t('key.shared')}</p>
        <input
          type="password"
          autocomplete="off"
          aria-label={t('key.title')}
          value={key}
          onInput={(event) => {
            setKey(event.currentTarget.value);
          }}
        />
        <div class="confirm-actions">
          <button type="submit">{t('key.give')}</button>
        </div>
      </form>
    </dialog>
  );
}
