/** Plays a finished contrast again as it happened. */
import { fixed, t } from '../i18n';
import type { ContrastView } from '../maths/contrast';
import { lengthOf } from '../maths/replay';
import { Icon } from '../shell/Icon';
import { Segments } from '../shell/Segments';
import { endReplay, pause, play, replay, seek, speed, SPEEDS, startReplay } from '../state/replay';

/** How far an arrow key moves the clock, in milliseconds. */
const STEP = 100;

interface Props {
  readonly view: ContrastView;
}

/** Offers to play it, where there is something to play and it does not play already. */
export function ReplayOffer({ view }: Props) {
  const { trace } = view;
  if (
    trace.status === 'running' ||
    replay.value?.id === trace.id ||
    trace.paths.every(({ tokens }) => tokens.length === 0)
  ) {
    return null;
  }
  return (
    <button
      type="button"
      aria-label={t('replay.start', { time: seconds(lengthOf(trace)) })}
      title={t('replay.start', { time: seconds(lengthOf(trace)) })}
      onClick={() => {
        startReplay(view);
      }}
    >
      <Icon name="play" />
      {t('replay.label')}
    </button>
  );
}

export function ReplayBar({ view }: Props) {
  const now = replay.value?.id === view.trace.id ? replay.value : null;
  if (now === null) {
    return null;
  }
  return (
    <div class="replay" role="group" aria-label={t('replay.label')}>
      <button
        type="button"
        class="plain"
        aria-label={t(now.playing ? 'replay.pause' : 'replay.play')}
        title={t(now.playing ? 'replay.pause' : 'replay.play')}
        onClick={now.playing ? pause : play}
      >
        <Icon name={now.playing ? 'pause' : 'play'} />
      </button>
      <input
        type="range"
        min={0}
        max={Math.ceil(now.length)}
        step={STEP}
        value={now.ms}
        aria-label={t('replay.time')}
        aria-valuetext={seconds(now.ms)}
        onInput={(event) => {
          seek(event.currentTarget.valueAsNumber);
        }}
      />
      <span class="figure">
        {seconds(now.ms)} / {seconds(now.length)}
      </span>
      <Segments
        label={t('replay.speed')}
        options={SPEEDS.map((value) => [String(value), `${value}×`] as const)}
        value={String(speed.value)}
        onChange={(value) => {
          speed.value = SPEEDS.find((one) => String(one) === value) ?? 1;
        }}
      />
      <button
        type="button"
        class="plain"
        aria-label={t('replay.end')}
        title={t('replay.end')}
        onClick={endReplay}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function seconds(ms: number): string {
  return `${fixed(ms / 1000, 1)} s`;
}
