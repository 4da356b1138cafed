/** The tour: a card that explains one stop, and a light on the place that it is about. */
import { useEffect, useRef } from 'preact/hooks';
import type { PathTrace, Trace } from '../../api/types';
import { t } from '../../i18n';
import { tellingWord } from '../../maths/telling';
import { canRead, readsScope } from '../../paths/paths';
import { Icon } from '../../shell/Icon';
import { spoken } from '../../state/announce';
import { endTour, moveTour, startTour, STOPS, tour, type TourWord } from '../../state/tour';
import { Light } from './Light';

interface Props {
  readonly trace: Trace;
  /** Has a lane shown, where not all are. */
  readonly onShow: (path: PathTrace['path']) => void;
}

/** Where the button is that begins the tour, and takes the focus back from it. */
const OFFER = 'tour-offer';

/** Offers the tour of a contrast in which a word read passages. */
export function TourOffer({ trace, onShow }: Props) {
  const word = wordOf(trace);
  return word === null ? null : (
    <button
      type="button"
      id={OFFER}
      onClick={() => {
        onShow(word.path);
        startTour(trace.id, word);
      }}
    >
      <Icon name="guide" />
      {t('tour.start')}
    </button>
  );
}

function wordOf(trace: Trace): TourWord | null {
  if (trace.status === 'running') {
    return null;
  }
  const lanes = trace.paths.filter(
    ({ path, tokens }) => canRead(path) && tokens.some(({ mass }) => mass.length > 0),
  );
  const lane = lanes.find(({ path }) => readsScope(path)) ?? lanes[0];
  return lane === undefined ? null : { path: lane.path, token: tellingWord(lane) };
}

export function Tour({ trace }: { readonly trace: Trace }) {
  const now = tour.value?.id === trace.id ? tour.value : null;
  const next = useRef<HTMLButtonElement>(null);
  const stop = now?.stop ?? null;
  const name = STOPS[stop ?? 0] ?? 'word';
  const text = now === null ? '' : aboutOf(name, trace, now);
  useEffect(() => {
    if (stop !== null) {
      next.current?.focus({ preventScroll: true });
      spoken.value = text;
    }
  }, [stop, text]);
  useEffect(() => {
    if (stop === null) {
      return;
    }
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') {
        leave();
      }
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  }, [stop]);
  // A contrast that is left takes its tour along.
  useEffect(() => endTour, []);
  if (now === null) {
    return null;
  }
  return (
    <>
      <Light selector={placeOf(name, now)} />
      <div
        class="tour"
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-about"
        onKeyDown={({ key }) => {
          if (key === 'ArrowRight' || key === 'ArrowLeft') {
            moveTour(key === 'ArrowRight' ? 1 : -1);
          }
        }}
      >
        <div class="tour-head">
          <h2 id="tour-title">{t(`tour.${name}`)}</h2>
          <span class="quiet figure">
            {now.stop + 1} / {STOPS.length}
          </span>
        </div>
        <p id="tour-about">{text}</p>
        <div class="tour-actions">
          <button type="button" onClick={leave}>
            {t('tour.skip')}
          </button>
          <button
            type="button"
            disabled={now.stop === 0}
            onClick={() => {
              moveTour(-1);
            }}
          >
            {t('tour.back')}
          </button>
          <button
            type="button"
            class="primary"
            ref={next}
            onClick={() => {
              if (now.stop === STOPS.length - 1) {
                leave();
              } else {
                moveTour(1);
              }
            }}
          >
            {t(now.stop === STOPS.length - 1 ? 'tour.done' : 'tour.next')}
          </button>
        </div>
      </div>
    </>
  );
}

function leave(): void {
  endTour();
  document.getElementById(OFFER)?.focus({ preventScroll: true });
}

function aboutOf(name: (typeof STOPS)[number], trace: Trace, { path, token }: TourWord): string {
  const text = trace.paths.find((lane) => lane.path === path)?.tokens[token]?.text.trim() ?? '';
  return t(`tour.${name}.about`, { word: text });
}

/** The answer's word, the steps with the open one, or the bars. */
function placeOf(name: (typeof STOPS)[number], { path, token }: TourWord): string {
  if (name === 'word') {
    return `.lane.shown[data-path="${path}"] [data-token="${token}"]`;
  }
  return name === 'together' ? '.lane.shown .bars' : '.lane.shown .step-panel, .lane.shown .steps';
}
