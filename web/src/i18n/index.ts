/** Texts and numbers in the reader's language. */
import { locale } from './locale';
// Side by side in the build, too: the same keys are in reach of its compression.
import { en, type Key } from './en';
import { zh } from './zh';

export type { Key } from './en';

/**
 * The text of a key, with `{name}` replaced by the given values. Where a text is written
 * `one|many`, the value of `n` decides.
 */
export function t(key: Key, values: Readonly<Record<string, string | number>> = {}): string {
  const [one = '', many = one] = (locale.value === 'zh' ? zh : en)[key].split('|');
  const text = String(values.n) === '1' ? one : many;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? String(values[name]) : whole,
  );
}

/** Whether there is a text of a key: not of what only a newer server knows. */
export const isKey = (key: string): key is Key => Object.hasOwn(en, key);

const tag = () => (locale.value === 'zh' ? 'zh-CN' : 'en');

/** Formats, kept: making one takes longer than everything else that pointing at a token does. */
const formats = new Map<string, Intl.NumberFormat>();

function format(value: number, least: number, most: number): string {
  const key = `${tag()} ${least} ${most}`;
  let known = formats.get(key);
  if (known === undefined) {
    known = new Intl.NumberFormat(tag(), {
      minimumFractionDigits: least,
      maximumFractionDigits: most,
    });
    formats.set(key, known);
  }
  return known.format(value);
}

/** A number with at most the given digits behind the point. */
export function number(value: number, digits = 0): string {
  return format(value, 0, digits);
}

/** A number with exactly the given digits behind the point. */
export function fixed(value: number, digits: number): string {
  return format(value, digits, digits);
}

/** A share as a percentage; small ones keep a digit. */
export function percent(share: number): string {
  const digits = share > 0 && share < 0.0995 ? 1 : 0;
  return `${fixed(share * 100, digits)} %`;
}

/** A number with its sign. */
export function signed(value: number, digits: number): string {
  return `${value < 0 ? '−' : '+'}${fixed(Math.abs(value), digits)}`;
}

/** Milliseconds as milliseconds or seconds. */
export function duration(ms: number): string {
  return ms < 1000 ? `${number(ms)} ms` : `${fixed(ms / 1000, ms < 10_000 ? 2 : 1)} s`;
}

/** A guess at a time, in whole seconds. */
export function seconds(ms: number): string {
  return `${number(Math.max(1, Math.round(ms / 1000)))} s`;
}

/** Bytes as kilobytes, megabytes or gigabytes. */
export function bytes(value: number): string {
  if (value < 1e6) {
    return `${number(Math.ceil(value / 1e3))} kB`;
  }
  return value >= 1e9 ? `${fixed(value / 1e9, 1)} GB` : `${number(value / 1e6)} MB`;
}

/** A day and time. */
export function moment(iso: string): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: 'medium', timeStyle: 'short' }).format(
    new Date(iso),
  );
}

/** A day. */
export function day(iso: string): string {
  return new Intl.DateTimeFormat(tag(), { dateStyle: 'medium' }).format(new Date(iso));
}

/** Puts names in the order in which people read them: the second chapter before the tenth. */
export function byName(a: string, b: string): number {
  return new Intl.Collator(tag(), { numeric: true, sensitivity: 'base' }).compare(a, b);
}

/** A language's name in the reader's language; a code that names none stays a code. */
export function languageName(code: string): string {
  try {
    return new Intl.DisplayNames([tag()], { type: 'language', fallback: 'code' }).of(code) ?? code;
  } catch {
    return code;
  }
}
