import { render } from 'preact';
import { expect, it } from 'vitest';
import { insideOf } from '../../maths/lookup';
import type { HeadChoice } from '../../state/laboratory';
import { attention, readingPath } from '../../testing/traces';
import { HeadMap } from './HeadMap';

it('walks heads by arrow keys, says what each gave, and chooses by Enter', async () => {
  const box = document.createElement('div');
  const chosen: HeadChoice[] = [];
  render(
    <HeadMap
      inside={insideOf(attention)}
      path={readingPath()}
      marks={new Map([[7, { letter: 'A', hue: 0, round: 0 }]])}
      chosen={{ layer: 0, head: 0 }}
      onChoose={(head) => chosen.push(head)}
    />,
    box,
  );
  const press = async (key: string) => {
    box.querySelector('.heads')?.dispatchEvent(new KeyboardEvent('keydown', { key }));
    await new Promise((resolve) => setTimeout(resolve));
  };
  expect(box.querySelector('.readout')?.textContent).toContain('layer 0, head 0: 0 % on passages');
  await press('ArrowDown');
  expect(box.querySelector('.readout')?.textContent).toContain(
    'layer 0, head 1: 50 % on passages · A 40 %',
  );
  await press('ArrowDown');
  await press('Enter');
  expect(chosen).toEqual([{ layer: 0, head: 1 }]);
});
