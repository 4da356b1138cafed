/** A server's notice in the reader's language. */
import type { Notice } from '../../api/types';
import { number, t } from '../../i18n';

export function noticeText({ code, values, text }: Notice): string {
  if (code === null) {
    return text;
  }
  const shown = Object.entries(values).map(([name, value]) => [name, number(value)] as const);
  return t(`notice.${code}`, { ...Object.fromEntries(shown), n: values.cut ?? values.left ?? 0 });
}
