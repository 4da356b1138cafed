/** Finds the answer's tokens again in its rendered Markdown. */

/** A piece of rendered text and the token it came from; null for text that no token wrote. */
export interface Piece {
  readonly text: string;
  readonly token: number | null;
}

/** Walks the rendered texts of an answer in order and says which token wrote each character. */
export class TokenAligner {
  private readonly source: string;
  private readonly owner: Uint32Array;
  private at = 0;

  /** @param tokens what each token added to the answer, in order */
  constructor(tokens: readonly string[]) {
    // Addresses of links are not rendered; blanking them keeps every place where it is.
    this.source = tokens
      .join('')
      .replace(/\]\([^)\s]*\)/g, (address) => '\0'.repeat(address.length));
    this.owner = new Uint32Array(this.source.length);
    let offset = 0;
    tokens.forEach((text, index) => {
      this.owner.fill(index, offset, offset + text.length);
      offset += text.length;
    });
  }

  /** Splits the next rendered text into pieces of one token each. */
  split(rendered: string): readonly Piece[] {
    const pieces: { text: string; token: number | null }[] = [];
    const add = (text: string, token: number | null) => {
      const last = pieces.at(-1);
      if (last?.token === token) {
        last.text += text;
      } else {
        pieces.push({ text, token });
      }
    };
    // Whole words are looked for, so that a letter of the marks (a link's address, a list's
    // indentation) is not taken for one of the text.
    for (const word of rendered.match(/\s+|[^\s]+/g) ?? []) {
      const found = word.trim() === '' ? -1 : this.source.indexOf(word, this.at);
      const exact = found >= 0 && this.source.slice(this.at, found).trim().length < 400;
      if (exact) {
        this.at = found;
      }
      for (const letter of word) {
        add(letter, this.locate(letter, exact));
      }
    }
    return pieces;
  }

  private locate(letter: string, exact: boolean): number | null {
    // Behind the end of a run of marks: look a little further, stay where nothing is found.
    const reach = exact ? 1 : 8;
    for (let i = this.at; i < Math.min(this.source.length, this.at + reach); i++) {
      const same = /\s/.test(letter)
        ? /\s/.test(this.source[i] ?? '')
        : this.source.startsWith(letter, i);
      if (same) {
        this.at = i + letter.length;
        return this.owner[i] ?? null;
      }
    }
    return null;
  }
}
