/** A term where it stands: pressed, it says what it means, with its formula. */
import type { ComponentChildren } from 'preact';
import { t } from '../../i18n';
import { Explained } from '../../shell/Explained';
import { Formula } from './Formula';
import { type TermName, TERMS } from './formulas';

interface Props {
  readonly name: TermName;
  /** What it is called here; without it a small question mark stands there. */
  readonly children?: ComponentChildren;
  /** What is to be said here beyond what the term means. */
  readonly here?: string;
}

export function Term({ name, children, here }: Props) {
  return (
    <Explained
      name={t(`term.${name}`)}
      about={
        <>
          {here !== undefined && <span>{here} </span>}
          {t(`term.${name}.about`)}
          <Formula lines={TERMS[name]} />
        </>
      }
    >
      {children}
    </Explained>
  );
}
