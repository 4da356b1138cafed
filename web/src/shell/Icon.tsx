/** The page's icons, drawn on a grid of 16. */
const SHAPES = {
  caret: 'M4.5 6.5 8 10l3.5-3.5',
  close: 'm4 4 8 8M12 4l-8 8',
  stop: 'M5 5h6v6H5z',
  again: 'M13 8a5 5 0 1 1-1.5-3.6M13 2.5v2.6h-2.6',
  play: 'M5 3.5v9l7-4.5z',
  pause: 'M5.5 4v8M10.5 4v8',
  copy: 'M6 6h7v7H6zM3 10V3h7',
  check: 'm3.5 8.5 3 3 6-7',
  download: 'M8 2.5v8M4.5 7.5 8 11l3.5-3.5M3 13.5h10',
  trash: 'M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5',
  pen: 'm3 13 .6-2.8L10.8 3l2.2 2.2-7.2 7.2zM9.3 4.5l2.2 2.2',
  plus: 'M8 3v10M3 8h10',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5 14 14',
  upload: 'M8 11V3M4.5 6.5 8 3l3.5 3.5M3 13.5h10',
  open: 'M6 3H3v10h10v-3M9 3h4v4M13 3 7.5 8.5',
  send: 'M8 13V3M3.5 7.5 8 3l4.5 4.5',
  sliders: 'M2.5 5h6M12 5h1.5M2.5 11H5M8.5 11h5M10.2 3.2v3.6M6.7 9.2v3.6',
  system: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM8 2.5v11M8 5h4.4M8 7.5h5.4M8 10h5',
  light:
    'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  dark: 'M13 9.6A5.5 5.5 0 0 1 6.4 3a5.5 5.5 0 1 0 6.6 6.6Z',
  columns: 'M2.5 3h4.5v10H2.5zM9 3h4.5v10H9z',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  guide: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM10.3 5.7 8.9 8.9 5.7 10.3 7.1 7.1Z',
  warn: 'M8 2.5 14 13H2zM8 6.5v3M8 11.2v.3',
} as const;

export type IconName = keyof typeof SHAPES;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[name]} class={name === 'stop' || name === 'play' ? 'solid' : ''} />
    </svg>
  );
}
