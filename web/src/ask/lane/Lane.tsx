/** One path: its steps, its answer, and the evidence. */
import { useState } from 'preact/hooks';
import type { PathTrace } from '../../api/types';
import { t } from '../../i18n';
import type { ContrastView } from '../../maths/contrast';
import type { Mark } from '../../maths/marks';
import { sharesOf } from '../../maths/mass';
import { aboutOf, titleOf } from '../../paths/paths';
import { Icon } from '../../shell/Icon';
import { chosenTokens } from '../../state/focus';
import { laboratoryFor } from '../../state/laboratory';
import { laneStatus, type LaneStatus } from '../../state/laneStatus';
import { excludeSink } from '../../state/preferences';
import { laneTitle, sideOf } from '../../state/sides';
import { StepPanel } from '../steps/StepPanel';
import { Steps } from '../steps/Steps';
import { NextTokens } from '../test/NextTokens';
import { TestPanel } from '../test/TestPanel';
import { Alternatives } from './Alternatives';
import { Answer } from './Answer';
import { Bars } from './Bars';
import { CitationSwitch } from './CitationSwitch';
import { ExpectedAnswer } from './Marking';
import { noticeText } from './noticeText';
import { Passages } from './Passages';
import { PromptButton } from './PromptButton';
import { TimingsLine } from './TimingsLine';
import { WordCard } from './WordCard';

interface Props {
  readonly view: ContrastView;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
  /** Whether it is the one that a narrow page shows. */
  readonly shown: boolean;
}

/** What somebody points at who wants to know which words were attended. */
const CLOSER = '[data-token], .card, .answer:focus';

export function Lane({ view, path, marks, shown }: Props) {
  const shares = sharesOf(path, chosenTokens(path.path).value, excludeSink.value);
  const status = laneStatus(path, view.waiting[path.path], view.trace.status, view.lost);
  const side = sideOf(path.path);
  const title = `lane-${path.path}`;
  const lab = laboratoryFor(view);
  const readWords = (event: Event) => {
    // Reading a prompt again costs seconds, so it waits for somebody who looks closer.
    const reads = path.passages.some(({ inPrompt }) => inPrompt !== null);
    if (reads && event.target instanceof Element && event.target.closest(CLOSER) !== null) {
      void lab?.readWords(path);
    }
  };
  return (
    <section
      class={shown ? 'lane shown' : 'lane'}
      data-path={path.path}
      aria-labelledby={title}
      onPointerOver={readWords}
      onFocusIn={readWords}
    >
      <header class="lane-head">
        <h2 id={title}>
          {titleOf(path.path)}{' '}
          {side === '' ? <small>{aboutOf(path.path)}</small> : <small class="side">{side}</small>}
        </h2>
        {lab !== null && path.answer !== '' && (
          <ExpectedAnswer laboratory={lab} answer={path.answer} />
        )}
        <PromptButton view={view} path={path} marks={marks} />
        <CopyButton path={path} />
      </header>
      <Steps view={view} path={path} />
      <div class="lane-answer">
        <StatusLine status={status} />
        {path.notice !== null && (
          <p class="notice">
            <Icon name="warn" />
            <span>{noticeText(path.notice)}</span>
          </p>
        )}
        <Alternatives view={view} path={path} />
        {path.error !== null && (
          <p class="notice bad">
            <Icon name="warn" />
            <span>{path.error}</span>
          </p>
        )}
        <Answer path={path} tone={status.tone} marks={marks} />
        <CitationSwitch path={path} />
        <WordCard path={path} shares={shares} marks={marks} />
      </div>
      <Bars path={path} shares={shares} marks={marks} />
      {/* Behind answer and bars: what a step says of them is read beside them, and moves neither. */}
      <StepPanel view={view} path={path} marks={marks} />
      <div class="tests">
        <TestPanel view={view} path={path} marks={marks} />
        <NextTokens view={view} path={path} />
      </div>
      <Passages path={path} shares={shares} marks={marks} laboratory={lab} />
      <TimingsLine path={path} />
    </section>
  );
}

function StatusLine({ status }: { readonly status: LaneStatus }) {
  return (
    <p class={`lane-status ${status.tone}`}>
      <span class="beat" />
      {status.text}
      {status.progress !== null && <progress value={status.progress} aria-label={status.text} />}
    </p>
  );
}

function CopyButton({ path }: { readonly path: PathTrace }) {
  const [copied, setCopied] = useState(false);
  // The browser lends its clipboard only where the page came by a safe way.
  if (path.answer === '' || !isSecureContext) {
    return null;
  }
  const label = copied ? t('lane.copied') : t('lane.copy');
  return (
    <button
      type="button"
      class="plain"
      aria-label={`${label}, ${laneTitle(path.path)}`}
      title={label}
      onClick={() => {
        void navigator.clipboard.writeText(path.answer).then(() => {
          setCopied(true);
          setTimeout(() => {
            setCopied(false);
          }, 1500);
        });
      }}
    >
      <Icon name={copied ? 'check' : 'copy'} />
    </button>
  );
}
