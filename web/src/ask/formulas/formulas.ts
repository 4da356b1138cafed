/** The formula of every step, outside the decoder and inside, and of every term. */

export const STEP_NAMES = ['query', 'similarity', 'selection', 'content'] as const;
export type StepName = (typeof STEP_NAMES)[number];

type Formulas = Readonly<Record<StepName, readonly string[]>>;

const OUTSIDE: Formulas = {
  query: [String.raw`\bold{q} = \say{encode}(\say{question})`],
  similarity: [
    String.raw`\word{cos}(\bold{q}, \bold{k}_p) = \frac{\bold{q}·\bold{k}_p}{|\bold{q}||\bold{k}_p|}`,
    String.raw`\word{score}(p) = \frac{w_\word{cos}}{κ + \word{rank}(p)}`,
    String.raw`+ w_\word{BM25}·\frac{(1 + 3 \word{lead}^2)·\word{BM25}(p)}{(κ + 1)·\word{BM25}_\word{max}}`,
  ],
  selection: [
    String.raw`\say{selected} = \open p : \word{rank}(p) ≤ k,`,
    String.raw`\word{cos} \say{or} \word{BM25} ≥ ρ·\say{greatest},`,
    String.raw`\say{fits} \close`,
  ],
  content: [String.raw`\say{prompt} = \say{instruction} ⊕ v_1 ⊕ … ⊕ v_k ⊕ \say{question}`],
};

const INSIDE: Formulas = {
  query: [String.raw`\bold{q}_t = R_t W_Q \bold{h}_t`],
  similarity: [String.raw`s_{t j} = \frac{\bold{q}_t·\bold{k}_j}{\sqrt{d}}`],
  selection: [
    String.raw`A_{t j} = \frac{e^{s_{t j}}}{∑_i e^{s_{t i}}}`,
    String.raw`\say{share}(p) = ∑_{j ∈ p} A_{t j}`,
  ],
  content: [String.raw`\bold{o}_t = ∑_j A_{t j} \bold{v}_j`],
};

export const FORMULAS = { outside: OUTSIDE, inside: INSIDE } as const;

export const TERM_NAMES = [
  'query',
  'key',
  'value',
  'score',
  'mass',
  'lift',
  'sink',
  'share',
  'calibrated',
  'heads',
  'delta',
  'attribution',
  'knowledge',
  'overlap',
  'tau',
  'rbo',
] as const;
export type TermName = (typeof TERM_NAMES)[number];

export const TERMS: Readonly<Record<TermName, readonly string[]>> = {
  query: [
    String.raw`\bold{q} = \say{encode}(\say{question})`,
    String.raw`\bold{q}_t = R_t W_Q \bold{h}_t`,
  ],
  key: [String.raw`\bold{k}_p = \say{encode}(p)`, String.raw`\bold{k}_j = R_j W_K \bold{h}_j`],
  value: [String.raw`v_p = \say{text}(p)`, String.raw`\bold{v}_j = W_V \bold{h}_j`],
  score: [String.raw`s(p) = \word{ln} ∑_{j ∈ p} e^{\bold{q}_t·\bold{k}_j / \sqrt{d}}`],
  mass: [String.raw`\say{share}(p) = ∑_{j ∈ p} A_{t j}`],
  lift: [String.raw`\say{lift}(p) = \frac{\say{share}(p)}{\say{tokens}(p) / \say{tokens}}`],
  sink: [String.raw`A_{t 1}`],
  share: [String.raw`\frac{e^{s(p)}}{∑_{p'} e^{s(p')}}`],
  calibrated: [String.raw`∑_{j ∈ p} a_j(\say{question}) - a_j(\word{N/A})`],
  heads: [String.raw`\say{mean}_{(l, h)} ∑_{j ∈ p} A_{t j}^{(l, h)}`],
  delta: [String.raw`Δ_p = \word{ln} P(y | C) - \word{ln} P(y | C \say{without} p)`],
  attribution: [
    String.raw`\word{min}_w \frac{1}{2 n} ∑_m ( \word{logit} P(y | C_m)`,
    String.raw`- b - ∑_{p ∈ m} w_p )^2 + α |w|_1`,
  ],
  knowledge: [
    String.raw`\word{ln} p(y_t | C) - \word{ln} p(y_t | \say{none}) ≥ \word{ln} 2`,
    String.raw`p(y_t | \say{none}) ≥ \frac{1}{2}`,
  ],
  overlap: [String.raw`\frac{|\say{first}_k(a) ∩ \say{first}_k(b)|}{k}`],
  tau: [String.raw`\frac{C - D}{\sqrt{(n_0 - n_1)(n_0 - n_2)}}`],
  rbo: [String.raw`\frac{\word{RBO} - E}{1 - E}, p = 0.9`],
};
