/** The prompt of a path, as the decoder read it, in a drawer beside the page. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { PathTrace } from '../../api/types';
import { number, t } from '../../i18n';
import { traceOf } from '../../maths/beside';
import type { ContrastView } from '../../maths/contrast';
import type { Mark } from '../../maths/marks';
import { Icon } from '../../shell/Icon';
import { Segments } from '../../shell/Segments';
import { laboratoryFor } from '../../state/laboratory';
import { ColouredPrompt } from '../steps/ColouredPrompt';
import { LeaveOut } from './LeaveOut';
import { laneTitle } from '../../state/sides';

interface Props {
  readonly view: ContrastView;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
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
        <span class="unseen">, {laneTitle(props.path.path)}</span>
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

function Drawer({ view, path, marks, onClose }: DrawerProps) {
  const [shown, setShown] = useState<'text' | 'sentences'>('text');
  const testable =
    laboratoryFor(view) !== null &&
    path.tokens.length > 0 &&
    path.passages.some(({ inPrompt }) => inPrompt !== null);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const name = `${t('prompt.title')}: ${laneTitle(path.path)}`;
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
          {testable && (
            <Segments
              label={t('prompt.title')}
              options={[
                ['text', t('prompt.text')],
                ['sentences', t('leave.title')],
              ]}
              value={shown}
              onChange={setShown}
            />
          )}
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
      {shown === 'sentences' ? (
        <LeaveOut id={traceOf(view, path.path).id} path={path} marks={marks} />
      ) : (
        <div class="drawer-text prompt-text" tabIndex={0} role="group" aria-label={name}>
          <ColouredPrompt path={path} marks={marks} question={view.trace.question} />
        </div>
      )}
    </dialog>
  );
}
