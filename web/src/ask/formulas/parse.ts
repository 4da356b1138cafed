/** Reads formulas written in a small part of TeX into a tree. */

export type Node =
  | { readonly kind: 'name' | 'number' | 'sign' | 'word' | 'bold'; readonly text: string }
  /** A word of the reader's language, by its key. */
  | { readonly kind: 'said'; readonly key: string }
  | { readonly kind: 'row'; readonly of: readonly Node[] }
  | { readonly kind: 'root'; readonly of: Node }
  | { readonly kind: 'fraction'; readonly over: Node; readonly under: Node }
  | {
      readonly kind: 'script';
      readonly base: Node;
      readonly below: Node | null;
      readonly above: Node | null;
    };

const TOKEN = /\\[a-z]+|\d*\.?\d+|\p{L}|\S/gu;

/**
 * A formula: letters are names, `_` and `^` put the next thing below or above, braces group;
 * `\frac{a}{b}`, `\sqrt{a}`, `\bold{q}`, `\word{softmax}` for upright words, `\say{key}` for words of
 * the reader's language, `\open` and `\close` for braces that are seen.
 */
export function parseFormula(text: string): Node {
  return new Reader(text.match(TOKEN) ?? [], text).row(null);
}

class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly text: string,
  ) {}

  row(end: string | null): Node {
    const of: Node[] = [];
    for (;;) {
      const token = this.tokens[this.at];
      if (token === undefined || token === '}') {
        if ((token ?? null) !== end) {
          throw this.wrong(end === null ? 'a brace too many' : 'a brace that stays open');
        }
        this.at += end === null ? 0 : 1;
        return { kind: 'row', of };
      }
      of.push(this.scripted());
    }
  }

  private scripted(): Node {
    const base = this.one();
    let below: Node | null = null;
    let above: Node | null = null;
    for (;;) {
      const token = this.tokens[this.at];
      if (token === '_' && below === null) {
        this.at++;
        below = this.one();
      } else if (token === '^' && above === null) {
        this.at++;
        above = this.one();
      } else {
        return below === null && above === null ? base : { kind: 'script', base, below, above };
      }
    }
  }

  private one(): Node {
    const token = this.tokens[this.at++];
    if (token === undefined || token === '}' || token === '_' || token === '^') {
      throw this.wrong('something missing');
    }
    if (token === '{') {
      return this.row('}');
    }
    if (token.startsWith('\\')) {
      return this.command(token.slice(1));
    }
    const kind = /^[\d.]*\d$/.test(token) ? 'number' : /\p{L}/u.test(token) ? 'name' : 'sign';
    return { kind, text: token === '-' ? '−' : token };
  }

  private command(name: string): Node {
    switch (name) {
      case 'frac':
        return { kind: 'fraction', over: this.one(), under: this.one() };
      case 'sqrt':
        return { kind: 'root', of: this.one() };
      case 'bold':
        return { kind: 'bold', text: this.braced() };
      case 'word':
        return { kind: 'word', text: this.braced() };
      case 'say':
        return { kind: 'said', key: this.braced() };
      case 'open':
        return { kind: 'sign', text: '{' };
      case 'close':
        return { kind: 'sign', text: '}' };
      default:
        throw this.wrong(`\\${name}, which is not known`);
    }
  }

  /** The text between braces as it stands, without blanks. */
  private braced(): string {
    if (this.tokens[this.at++] !== '{') {
      throw this.wrong('no brace behind a command');
    }
    let text = '';
    for (;;) {
      const token = this.tokens[this.at++];
      if (token === undefined) {
        throw this.wrong('a brace that stays open');
      }
      if (token === '}') {
        return text;
      }
      text += token;
    }
  }

  private wrong(what: string): Error {
    return new Error(`The formula ${this.text} has ${what}.`);
  }
}
