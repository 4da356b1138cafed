/** A server's notice in the reader's language. */
import type { Notice } from '../../api/types';
import { isKey, number, t } from '../../i18n';

export function noticeText({ code, values, text }: Notice): string {
  const key = code === null ? null : (`notice.${code}` as const);
  // Older servers gave no code, and a newer one may give one that this page does not know.
  if (key === null || !isKey(key)) {
    return text;
  }
  const shown = Object.entries(values).map(([name, value]) => [name, number(value)] as const);
  return t(key, { ...Object.fromEntries(shown), n: values.cut ?? values.left ?? 0 });
}
