/** The formula of every step, outside the decoder and inside. */
import type { ComponentChildren } from 'preact';

export const STEP_NAMES = ['query', 'similarity', 'selection', 'content'] as const;
export type StepName = (typeof STEP_NAMES)[number];

type Formulas = Readonly<Record<StepName, ComponentChildren>>;

const OUTSIDE: Formulas = {
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
      <sub>p</sub>| &emsp; score(p) = w<sub>cos</sub> / (κ + rank(p)) + w<sub>BM25</sub> · (1 + 3
      lead²) · BM25(p) / (BM25<sub>max</sub> (κ + 1))
    </>
  ),
  selection: (
    <>
      selected = {'{'} p : rank(p) ≤ k, cos or BM25 ≥ ρ · the greatest, tokens fit the budget {'}'}
    </>
  ),
  content: (
    <>
      prompt = instruction ⊕ v<sub>1</sub> ⊕ … ⊕ v<sub>k</sub> ⊕ question
    </>
  ),
};

const INSIDE: Formulas = {
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

export const FORMULAS = { outside: OUTSIDE, inside: INSIDE } as const;
