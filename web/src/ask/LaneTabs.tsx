/** Chooses the lanes that are shown where not all have room side by side: a pair, or one. */
import type { AnswerPath } from '../api/types';
import { percent, t } from '../i18n';
import type { ContrastView } from '../maths/contrast';
import { documentMass, sharesOf } from '../maths/mass';
import { canRead, titleOf } from '../paths/paths';
import { laneStatus } from '../state/laneStatus';
import { excludeSink } from '../state/preferences';
import { sideOf } from '../state/sides';

interface Props {
  readonly view: ContrastView;
  readonly shown: ReadonlySet<AnswerPath>;
  readonly onChoose: (path: AnswerPath) => void;
}

export function LaneTabs({ view, shown, onChoose }: Props) {
  const { trace } = view;
  return (
    <div
      class={view.beside === null ? 'tabs' : 'tabs sides'}
      role="group"
      aria-label={t('path.label')}
    >
      {trace.paths.map((path) => (
        <button
          key={path.path}
          type="button"
          aria-pressed={shown.has(path.path)}
          onClick={() => {
            onChoose(path.path);
          }}
        >
          <strong>{titleOf(path.path)}</strong>
          {sideOf(path.path) !== '' && <span class="tab-side">{sideOf(path.path)}</span>}
          <span>{laneStatus(path, view.waiting[path.path], trace.status, view.lost).text}</span>
          <span class="tab-mass">
            {path.prompt !== null && canRead(path.path) && path.tokens.length > 0
              ? `${t('passage.title')} ${percent(
                  documentMass(sharesOf(path, new Set(), excludeSink.value)),
                )}`
              : ' '}
          </span>
        </button>
      ))}
    </div>
  );
}
