/** A formula, typeset as MathML: browsers draw it, and screen readers read it. */
import { Fragment, type VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import { t } from '../../i18n';
import { type Node, parseFormula } from './parse';
import { isWord } from './words';

interface Props {
  /** Lines of it, as {@link parseFormula} reads them. */
  readonly lines: readonly string[];
}

export function Formula({ lines }: Props) {
  const trees = useMemo(() => lines.map(parseFormula), [lines]);
  return (
    <span class="formula">
      {trees.map((tree, index) => (
        <math key={index}>{drawn(tree)}</math>
      ))}
    </span>
  );
}

const BRACKETS = '()[]{}|';
/** Without a font for mathematics, brackets that grow become giants. MathML wants it as a word. */
const FIXED = { stretchy: 'false' as unknown as boolean };

/** Bold letters have characters of their own; a style would not be read out. */
const BOLD_A = 0x1d41a;

function drawn(node: Node): VNode {
  switch (node.kind) {
    case 'name':
      return <mi>{node.text}</mi>;
    case 'number':
      return <mn>{node.text}</mn>;
    case 'sign':
      return BRACKETS.includes(node.text) ? <mo {...FIXED}>{node.text}</mo> : <mo>{node.text}</mo>;
    case 'word':
      return <mtext>{node.text}</mtext>;
    case 'said':
      return <mtext>{isWord(node.key) ? t(`formula.${node.key}`) : node.key}</mtext>;
    case 'bold':
      return <mi>{String.fromCodePoint(BOLD_A + node.text.charCodeAt(0) - 97)}</mi>;
    case 'row':
      return (
        <mrow>
          {node.of.map((part, index) => (
            <Fragment key={index}>
              {apart(node.of[index - 1], part) && <mspace width="0.3em" />}
              {drawn(part)}
            </Fragment>
          ))}
        </mrow>
      );
    case 'root':
      return <msqrt>{drawn(node.of)}</msqrt>;
    case 'fraction':
      return (
        <mfrac>
          {drawn(node.over)}
          {drawn(node.under)}
        </mfrac>
      );
    case 'script':
      return scripted(node);
  }
}

/** Whether room is needed between two parts: words run together otherwise. */
function apart(before: Node | undefined, part: Node): boolean {
  const isWords = ({ kind }: Node) => kind === 'said' || kind === 'word';
  return (
    before !== undefined &&
    before.kind !== 'sign' &&
    part.kind !== 'sign' &&
    (isWords(before) || isWords(part))
  );
}

function scripted({ base, below, above }: Extract<Node, { kind: 'script' }>): VNode {
  if (below !== null && above !== null) {
    return (
      <msubsup>
        {drawn(base)}
        {drawn(below)}
        {drawn(above)}
      </msubsup>
    );
  }
  return below !== null ? (
    <msub>
      {drawn(base)}
      {drawn(below)}
    </msub>
  ) : (
    <msup>
      {drawn(base)}
      {above === null ? null : drawn(above)}
    </msup>
  );
}
