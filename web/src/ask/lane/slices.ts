/** Names and marks of the parts that bars are made of. */
import { isKey, t } from '../../i18n';
import type { Mark } from '../../maths/marks';
import type { Slice } from '../../maths/mass';

/** The mark of a part that is a passage. */
export function markOf(slice: Slice, marks: ReadonlyMap<number, Mark>): Mark | undefined {
  return slice.passageId === null ? undefined : marks.get(slice.passageId);
}

/** The kind of a part, else as the server calls it. */
export function kindName({ kind }: Slice): string {
  const key = `kind.${kind}` as const;
  return isKey(key) ? t(key) : kind;
}

/** The name of a part, with its letter where it is a passage. */
export function sliceName(slice: Slice, marks: ReadonlyMap<number, Mark>): string {
  const mark = markOf(slice, marks);
  return mark === undefined ? kindName(slice) : `${t('kind.passage')} ${mark.letter}`;
}
