import { describe, expect, it } from 'vitest';
import { renderAnswer } from './markdown';

function render(tokens: readonly string[]): HTMLElement {
  const box = document.createElement('div');
  box.append(renderAnswer(tokens));
  return box;
}

const owners = (box: HTMLElement) =>
  [...box.querySelectorAll<HTMLElement>('[data-token]')].map((span) => [
    Number(span.dataset.token),
    span.textContent,
  ]);

describe('renderAnswer', () => {
  it('gives every word the token that wrote it', () => {
    expect(owners(render(['Use', ' dpkg', '.']))).toEqual([
      [0, 'Use'],
      [1, 'dpkg'],
      [2, '.'],
    ]);
  });

  it('steps over the marks of Markdown', () => {
    const box = render(['You', ' **', 'can', '** use ', '`dp', 'kg`', '.\n\n1. ', 'first']);
    expect(box.querySelector('strong')?.textContent).toBe('can');
    expect(box.querySelector('code')?.textContent).toBe('dpkg');
    expect(owners(box)).toEqual([
      [0, 'You'],
      [2, 'can'],
      [3, 'use '],
      [4, 'dp'],
      [5, 'kg'],
      [6, '.'],
      [6, '1. '],
      [7, 'first'],
    ]);
  });

  it('shows the number of an item that has no text yet', () => {
    expect(owners(render(['1', '.']))).toEqual([
      [0, '1'],
      [1, '.'],
    ]);
  });

  it('does not take letters of a link’s address for text', () => {
    const box = render(['[see](', 'http://a.example/xyz', ')', ' xyz']);
    expect(owners(box)).toEqual([
      [0, 'see'],
      [3, 'xyz'],
    ]);
  });

  it('survives characters that HTML writes otherwise', () => {
    expect(owners(render(['a ', '& b', ' < c']))).toEqual([
      [0, 'a '],
      [1, '& b'],
      [2, '< c'],
    ]);
  });

  it('keeps Chinese tokens apart', () => {
    expect(owners(render(['可以', '用', ' dpkg', '。']))).toEqual([
      [0, '可以'],
      [1, '用'],
      [2, 'dpkg'],
      [3, '。'],
    ]);
  });

  it('lets nothing through that runs, loads or styles', () => {
    const box = render([
      '<script>alert(1)</script><img src=x onerror=alert(1)>',
      '<b style="color:red" onclick="x()">b</b> ![i](http://a.example/i.png)',
      ' [l](javascript:alert(1))',
    ]);
    expect(box.querySelector('script, img, [onclick], [onerror], [style]')).toBeNull();
    expect(box.querySelector('a')?.getAttribute('href') ?? '').not.toContain('javascript');
  });
});
