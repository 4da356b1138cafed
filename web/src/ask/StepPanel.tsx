/** An open step: one sentence, one formula, and the numbers that exist. */
import type { ComponentChildren } from 'preact';
import type { PathTrace } from '../api/types';
import { t, type Key } from '../i18n';
import type { Mark } from '../maths/marks';
import type { ContrastView } from '../state/contrast';
import { openStep } from '../state/focus';
import { ContentStep } from './ContentStep';
import { QueryStep } from './QueryStep';
import { SelectionStep } from './SelectionStep';
import { SimilarityStep } from './SimilarityStep';

/** What every step is given. */
export interface StepProps {
  readonly view: ContrastView;
  readonly path: PathTrace;
  readonly marks: ReadonlyMap<number, Mark>;
}

const SENTENCES = ['query', 'similarity', 'selection', 'content'] as const;

export function StepPanel(props: StepProps) {
  const step = openStep.value;
  const name = SENTENCES[step - 1];
  if (name === undefined) {
    return <div class="step-panel closed" />;
  }
  const { path } = props.path;
  const sentence: Key = `step.${name}.${path === 'closed-book' ? 'closed' : path}`;
  return (
    <div class="step-panel">
      <p>{t(sentence)}</p>
      <p class="formula">{path === 'rag' ? RAG_FORMULAS[name] : ATTENTION_FORMULAS[name]}</p>
      <Numbers {...props} name={name} />
    </div>
  );
}

function Numbers({ name, ...props }: StepProps & { readonly name: (typeof SENTENCES)[number] }) {
  switch (name) {
    case 'query':
      return <QueryStep {...props} />;
    case 'similarity':
      return <SimilarityStep {...props} />;
    case 'selection':
      return <SelectionStep {...props} />;
    case 'content':
      return <ContentStep {...props} />;
  }
}

type Formulas = Readonly<Record<(typeof SENTENCES)[number], ComponentChildren>>;

const RAG_FORMULAS: Formulas = {
  query: (
    <>
      <b>q</b> = encode(question)
    </>
  ),
  similarity: (
    <>
      cos(<b>q</b>, <b>k</b>
      <sub>p</sub>) = <b>q</b>·<b>k</b>
      <sub>p</sub> / |<b>q</b>||<b>k</b>
      <sub>p</sub>| &emsp; score(p) = Σ<sub>i</sub> 1 / (κ + rank<sub>i</sub>(p))
    </>
  ),
  selection: (
    <>
      selected = {'{'} p : rank(p) ≤ k, tokens fit the budget {'}'}
    </>
  ),
  content: (
    <>
      prompt = instruction ⊕ v<sub>1</sub> ⊕ … ⊕ v<sub>k</sub> ⊕ question
    </>
  ),
};

const ATTENTION_FORMULAS: Formulas = {
  query: (
    <>
      <b>q</b>
      <sub>t</sub> = R<sub>t</sub> W<sub>Q</sub> <b>h</b>
      <sub>t</sub>
    </>
  ),
  similarity: (
    <>
      s<sub>tj</sub> = <b>q</b>
      <sub>t</sub>·<b>k</b>
      <sub>j</sub> / √d
    </>
  ),
  selection: (
    <>
      A<sub>tj</sub> = exp s<sub>tj</sub> / Σ<sub>i</sub> exp s<sub>ti</sub> &emsp; mass(p) = Σ
      <sub>j∈p</sub> A<sub>tj</sub>
    </>
  ),
  content: (
    <>
      <b>o</b>
      <sub>t</sub> = Σ<sub>j</sub> A<sub>tj</sub> <b>v</b>
      <sub>j</sub>
    </>
  ),
};
