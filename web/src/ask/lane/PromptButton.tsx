/** The prompt of a path, as the decoder read it, in a drawer beside the page. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PathTrace } from '../../api/types';
import { number, t } from '../../i18n';
import type { Mark } from '../../maths/marks';
import { titleOf } from '../../paths/paths';
import { Icon } from '../../shell/Icon';
import { ColouredPrompt } from '../steps/ColouredPrompt';

interface Props {
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
  readonly question: string;
}

export function PromptButton(props: Props) {
  const [open, setOpen] = useState(false);
  if (props.path.prompt === null) {
    return null;
  }
  return (
    <>
      <button
        type="button"
        class="plain named"
        aria-haspopup="dialog"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t('prompt.title')}
        <span class="unseen">, {titleOf(props.path.path)}</span>
      </button>
      {open && (
        <Drawer
          {...props}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}

interface DrawerProps extends Props {
  readonly onClose: () => void;
}

function Drawer({ path, marks, question, onClose }: DrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const name = `${t('prompt.title')}: ${titleOf(path.path)}`;
  return (
    <dialog
      ref={dialog}
      class="drawer"
      aria-label={name}
      onClose={onClose}
      onClick={({ target }) => {
        if (target === dialog.current) {
          dialog.current?.close();
        }
      }}
    >
      <header>
        <div>
          <h2>{name}</h2>
          <p class="quiet">{t('prompt.about', { n: number(path.prompt?.tokens ?? 0) })}</p>
        </div>
        <button
          type="button"
          class="plain"
          aria-label={t('source.close')}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="close" />
        </button>
      </header>
      <div class="drawer-text prompt-text" tabIndex={0} role="group" aria-label={name}>
        <ColouredPrompt path={path} marks={marks} question={question} />
      </div>
    </dialog>
  );
}
