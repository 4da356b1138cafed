/** Words that say more when pressed, by pointer, touch or key: a card beside them, until Escape or another press. */
import type { ComponentChildren } from 'preact';
import { useId, useRef, useState } from 'preact/hooks';

interface Props {
  /** What is explained; without it a small question mark stands there. */
  readonly children?: ComponentChildren;
  /** What is explained, for screen readers and as the head of the card. */
  readonly name: string;
  readonly about: ComponentChildren;
}

/** Room between the card and the window's edges, and what it is beside. */
const ROOM = 8;

export function Explained({ children, name, about }: Props) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        class={children === undefined ? 'explained mark' : 'explained'}
        aria-label={children === undefined ? name : undefined}
        aria-expanded={open}
        popovertarget={id}
      >
        {children ?? '?'}
      </button>
      <span
        id={id}
        popover="auto"
        class="explanation"
        role="note"
        aria-label={name}
        onBeforeToggle={(event) => {
          setOpen(event.newState === 'open');
        }}
        onToggle={({ currentTarget, newState }) => {
          if (newState === 'open' && button.current !== null) {
            place(currentTarget, button.current.getBoundingClientRect());
          }
        }}
      >
        {open && (
          <>
            <strong>{name}</strong>
            <span>{about}</span>
          </>
        )}
      </span>
    </>
  );
}

/** Below its words where there is room, else above them. */
function place(card: HTMLElement, { left, top, bottom }: DOMRect): void {
  const { offsetWidth, offsetHeight, style } = card;
  const below = bottom + ROOM + offsetHeight < innerHeight || top < offsetHeight + ROOM;
  style.top = `${below ? bottom + ROOM / 2 : top - offsetHeight - ROOM / 2}px`;
  style.left = `${Math.max(ROOM, Math.min(left, innerWidth - offsetWidth - ROOM))}px`;
}
