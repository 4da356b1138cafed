/** Which of a dataset's questions are asked, in the reader's words. */
import { isKey, number, t } from '../i18n';

/** As the server writes it: the half, and what was drawn of it. */
const CHOICE = /^(\w+)(?:, (\d+) drawn by seed (\d+))?$/;

export function choiceWords(choice: string): string {
  const [, half = '', sample, seed] = CHOICE.exec(choice) ?? [];
  const key = `experiments.choice.${half}`;
  if (!isKey(key)) {
    return choice;
  }
  return sample === undefined || seed === undefined
    ? t(key)
    : t('experiments.choice.drawn', { half: t(key), n: number(Number(sample)), seed });
}
