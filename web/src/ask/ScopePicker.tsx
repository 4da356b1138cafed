/** Chooses the documents and chapters a question is asked over. */
import { useState } from 'preact/hooks';
import type { Section } from '../api/types';
import { number, t } from '../i18n';
import { Popover } from '../shell/Popover';
import { loadSections, sections } from '../state/catalogue';
import * as draft from '../state/draft';

/** Tokens of a passage when nothing better is known; passages are split to about this length. */
const TOKENS_PER_PASSAGE = 180;

interface Group {
  readonly document: string;
  readonly passages: number;
  readonly sections: readonly Section[];
}

export function ScopePicker() {
  const name = draft.collection.value?.name;
  const [search, setSearch] = useState('');
  if (name === undefined) {
    return null;
  }
  const all = sections.value[name] ?? [];
  const groups = grouped(all).filter((group) => matches(group, search));
  const chosen = draft.scope.value;
  const passages =
    chosen.length === 0
      ? (draft.collection.value?.passages ?? 0)
      : all
          .filter((section) => chosen.some((s) => covers(s, section)))
          .reduce((sum, section) => sum + section.passages, 0);
  return (
    <Popover
      name={t('ask.scope.sections')}
      class="scope"
      onOpen={() => void loadSections(name)}
      label={
        <>
          <span class="label">{t('ask.scope')}</span>
          {chosen.length === 0 ? t('ask.scope.all') : t('ask.scope.some', { n: chosen.length })}
        </>
      }
    >
      <p class="quiet">{t('ask.scope.about')}</p>
      <div class="scope-head">
        <input
          type="search"
          aria-label={t('ask.scope.find')}
          placeholder={t('ask.scope.find')}
          value={search}
          onInput={(event) => {
            setSearch(event.currentTarget.value);
          }}
        />
        <button
          type="button"
          disabled={chosen.length === 0}
          onClick={() => {
            draft.scope.value = [];
          }}
        >
          {t('ask.scope.clear')}
        </button>
      </div>
      <ul class="scope-list">
        {groups.map((group) => (
          <ScopeGroup key={group.document} group={group} />
        ))}
      </ul>
      <Estimate passages={passages} known={chosen.length === 0 || all.length > 0} />
    </Popover>
  );
}

function ScopeGroup({ group }: { readonly group: Group }) {
  const only = group.sections.length === 1 ? group.sections[0] : undefined;
  return (
    <li>
      <Choice
        selector={group.document}
        text={only?.heading === undefined || only.heading === '' ? group.document : only.heading}
        passages={group.passages}
      />
      {only === undefined && (
        <ul>
          {group.sections.map((section) => (
            <li key={section.heading}>
              <Choice
                selector={`${section.document}#${section.heading}`}
                text={section.heading}
                passages={section.passages}
              />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

interface ChoiceProps {
  readonly selector: string;
  readonly text: string;
  readonly passages: number;
}

function Choice({ selector, text, passages }: ChoiceProps) {
  const scope = draft.scope.value;
  const partly = scope.some((s) => s.startsWith(`${selector}#`));
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={scope.includes(selector)}
        ref={(box) => {
          if (box !== null) {
            box.indeterminate = partly && !scope.includes(selector);
          }
        }}
        onChange={() => {
          draft.scope.value = scope.includes(selector)
            ? scope.filter((s) => s !== selector)
            : [...scope.filter((s) => !s.startsWith(`${selector}#`)), selector];
        }}
      />
      <span>{text}</span>
      <span class="quiet figure">{t('ask.scope.passages', { n: passages })}</span>
    </label>
  );
}

function Estimate({ passages, known }: { readonly passages: number; readonly known: boolean }) {
  const budget = draft.budget.value;
  const tokens = passages * TOKENS_PER_PASSAGE;
  if (!known) {
    return null;
  }
  return (
    <p class={tokens > budget ? 'estimate over' : 'estimate'}>
      {t('ask.scope.passages', { n: number(passages) })}
      {', '}
      {t('ask.scope.estimate', { tokens: number(tokens), budget: number(budget) })}
      {tokens > budget && <> · {t('ask.scope.over', { budget: number(budget) })}</>}
    </p>
  );
}

function grouped(all: readonly Section[]): readonly Group[] {
  const groups = new Map<string, Section[]>();
  for (const section of all) {
    groups.set(section.document, [...(groups.get(section.document) ?? []), section]);
  }
  return [...groups].map(([document, found]) => ({
    document,
    sections: found,
    passages: found.reduce((sum, { passages }) => sum + passages, 0),
  }));
}

function matches(group: Group, search: string): boolean {
  const wanted = search.trim().toLowerCase();
  return (
    wanted === '' ||
    group.document.toLowerCase().includes(wanted) ||
    group.sections.some(({ heading }) => heading.toLowerCase().includes(wanted))
  );
}

/** Whether a selector takes in a section; one below it counts it too, so this may be too much. */
function covers(selector: string, section: Section): boolean {
  const hash = selector.indexOf('#');
  if (hash < 0) {
    return selector === section.document;
  }
  const heading = selector.slice(hash + 1);
  return (
    selector.slice(0, hash) === section.document &&
    (section.heading.startsWith(heading) || heading.startsWith(section.heading))
  );
}
