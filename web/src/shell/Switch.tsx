/** Something that is on or off. */
import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';

interface Props {
  readonly on: Signal<boolean>;
  readonly text: ComponentChildren;
}

export function Switch({ on, text }: Props) {
  return (
    <label class="switch">
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
