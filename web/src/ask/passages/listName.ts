import { isKey, t } from '../../i18n';

/** What a list of retrieval is called; one that only a newer server knows by its own name. */
export function listName(list: string): string {
  const key = `list.${list}`;
  return isKey(key) ? t(key) : list;
}
