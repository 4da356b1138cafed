/** An answer as sanitised Markdown whose words still know which token wrote them. */
import DOMPurify from 'dompurify';
import { Marked } from 'marked';
import { TokenAligner } from '../../maths/align';

/** What an answer may contain; nothing that loads, runs or styles. */
const ALLOWED_TAGS = [
  ...['p', 'br', 'strong', 'em', 'del', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'hr'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];
const ALLOWED_ATTR = ['href', 'start'];

/**
 * A model's HTML is shown as it wrote it, its pictures as their names, and the number of an item
 * stays text: it is a token like any other, so it can be pointed at.
 */
const markdown = new Marked({
  async: false,
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) => escaped(text),
    image: ({ text }) => escaped(text),
    listitem(item) {
      const number = /^\s*(\d+[.)])/.exec(item.raw)?.[1] ?? '';
      return `<li>${number} ${this.parser.parse(item.tokens)}</li>\n`;
    },
  },
});

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

/** Renders an answer; every piece of a token becomes a span with `data-token`. */
export function renderAnswer(tokens: readonly string[]): DocumentFragment {
  const html = markdown.parse(tokens.join(''), { async: false });
  const fragment = DOMPurify.sanitize(html, {
    ALLOWED_TAGS,
    ALLOWED_ATTR,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  wrapTokens(fragment, new TokenAligner(tokens));
  return fragment;
}

function wrapTokens(root: Node, aligner: TokenAligner): void {
  for (const node of [...root.childNodes]) {
    if (node.nodeType === Node.TEXT_NODE) {
      const pieces = aligner.split(node.textContent ?? '');
      node.parentNode?.replaceChild(spansOf(pieces), node);
    } else {
      wrapTokens(node, aligner);
    }
  }
}

function spansOf(pieces: readonly { text: string; token: number | null }[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  for (const { text, token } of pieces) {
    const word = text.trimStart();
    // The blank before a word belongs to its token, but a mark around it would look ragged.
    if (word.length < text.length) {
      fragment.append(text.slice(0, text.length - word.length));
    }
    if (word === '') {
      continue;
    }
    if (token === null) {
      fragment.append(word);
      continue;
    }
    const span = document.createElement('span');
    span.dataset.token = String(token);
    span.textContent = word;
    fragment.append(span);
  }
  return fragment;
}
