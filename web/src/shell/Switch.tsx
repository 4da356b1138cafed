/** Something that is on or off. */
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

interface Props {
  readonly on: Signal<boolean>;
  readonly text: ComponentChildren;
  readonly title?: string;
}

export function Switch({ on, text, title }: Props) {
  return (
    <label class="switch" title={title}>
      <input
        type="checkbox"
        role="switch"
        checked={on.value}
        onChange={() => {
          on.value = !on.value;
        }}
      />
      {text}
    </label>
  );
}
