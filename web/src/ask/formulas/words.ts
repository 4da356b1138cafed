/** Words of the reader's language that stand in formulas; their texts are under `formula.`. */
export const WORDS = [
  'question',
  'instruction',
  'encode',
  'or',
  'greatest',
  'fits',
  'prompt',
  'selected',
  'text',
  'tokens',
  'without',
  'none',
  'mean',
  'lift',
  'share',
  'first',
] as const;

type Word = (typeof WORDS)[number];

export const isWord = (key: string): key is Word => (WORDS as readonly string[]).includes(key);
