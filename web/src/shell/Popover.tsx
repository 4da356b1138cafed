/** A button that opens a panel under itself. Escape, a press outside, or leaving it closes it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { Icon } from './Icon';

interface Props {
  readonly label: ComponentChildren;
  /** Name of the panel for screen readers. */
  readonly name: string;
  readonly disabled?: boolean;
  readonly class?: string;
  readonly onOpen?: () => void;
  readonly children: ComponentChildren;
}

export function Popover(props: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panel = useId();
  useEffect(() => {
    if (!open) {
      return;
    }
    const onPress = (event: Event) => {
      if (event.target instanceof Node && root.current?.contains(event.target) !== true) {
        setOpen(false);
      }
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') {
        setOpen(false);
        root.current?.querySelector('button')?.focus();
      }
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('focusin', onPress);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('focusin', onPress);
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);
  return (
    <div class={`popover ${props.class ?? ''}`} ref={root}>
      <button
        type="button"
        class="picker"
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        disabled={props.disabled ?? false}
        onClick={() => {
          if (!open) {
            props.onOpen?.();
          }
          setOpen(!open);
        }}
      >
        {props.label}
        <Icon name="caret" />
      </button>
      {open && (
        <div class="panel" id={panel} role="group" aria-label={props.name}>
          {props.children}
        </div>
      )}
    </div>
  );
}
