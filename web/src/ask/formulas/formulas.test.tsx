import { render } from 'preact';
import { expect, it } from 'vitest';
import { Formula } from './Formula';
import { FORMULAS, TERMS } from './formulas';
import { type Node, parseFormula } from './parse';
import { isWord } from './words';

function drawn(formula: string): string {
  const box = document.createElement('div');
  render(<Formula lines={[formula]} />, box);
  return box.querySelector('math')?.innerHTML ?? '';
}

it('typesets fractions, roots, scripts and bold letters', () => {
  expect(drawn(String.raw`s_{t j} = \frac{\bold{q}_t·\bold{k}_j}{\sqrt{d}}`)).toBe(
    '<mrow><msub><mi>s</mi><mrow><mi>t</mi><mi>j</mi></mrow></msub><mo>=</mo>' +
      '<mfrac><mrow><msub><mi>𝐪</mi><mi>t</mi></msub><mo>·</mo><msub><mi>𝐤</mi><mi>j</mi></msub></mrow>' +
      '<mrow><msqrt><mrow><mi>d</mi></mrow></msqrt></mrow></mfrac></mrow>',
  );
  expect(drawn('a_1^2 - 0.5')).toBe(
    '<mrow><msubsup><mi>a</mi><mn>1</mn><mn>2</mn></msubsup><mo>−</mo><mn>0.5</mn></mrow>',
  );
});

it('refuses what is not a formula', () => {
  for (const wrong of ['{a', 'a}', 'a_', String.raw`\frac{a}`, String.raw`\nothing`]) {
    expect(() => parseFormula(wrong), wrong).toThrow('The formula');
  }
});

it('can read every formula of the page, and has its words', () => {
  const keys = (node: Node): readonly string[] => {
    switch (node.kind) {
      case 'said':
        return [node.key];
      case 'row':
        return node.of.flatMap(keys);
      case 'root':
        return keys(node.of);
      case 'fraction':
        return [...keys(node.over), ...keys(node.under)];
      case 'script':
        return [node.base, node.below, node.above].flatMap((one) => (one ? keys(one) : []));
      case 'name':
      case 'number':
      case 'sign':
      case 'word':
      case 'bold':
        return [];
    }
  };
  const all = [FORMULAS.outside, FORMULAS.inside, TERMS].flatMap((some) => Object.values(some));
  const said = all.flat().flatMap((formula) => keys(parseFormula(formula)));
  expect(said.filter((key) => !isWord(key))).toEqual([]);
});
