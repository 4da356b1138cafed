/** The words for a failure. */
import { isKey, t } from '../i18n';
import { Problem, UNREACHABLE } from './client';

/** The words for anything that was thrown: in the page's language, with what the server said. */
export function wordsFor(caught: unknown): string {
  if (caught instanceof Problem && caught.status === UNREACHABLE) {
    return t('failure.unreachable');
  }
  const said = sentence(caught instanceof Error ? caught.message : String(caught));
  const key = caught instanceof Problem ? `problem.${caught.status}` : '';
  return isKey(key) ? t(key, { said }) : said;
}

/** A server's words begin small where they follow a command's name in a terminal. */
function sentence(words: string): string {
  const end = /[.!?。]$/.test(words) || words === '' ? '' : '.';
  return words.charAt(0).toUpperCase() + words.slice(1) + end;
}
