/** Chooses the documents and chapters a question is asked over. */
import { useState } from 'preact/hooks';
import type { Section } from '../../api/types';
import { byName, t } from '../../i18n';
import { Popover } from '../../shell/Popover';
import { loadSections, sections } from '../../state/catalogue';
import * as draft from '../../state/draft';
import { BELOW, covers } from '../../state/selectors';
import { fitText } from './ScopeFit';
import { useFit } from './useFit';

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
  const groups = grouped(all)
    .filter((group) => matches(group, search))
    .sort((a, b) => byName(nameOfGroup(a), nameOfGroup(b)));
  const chosen = draft.scope.value;
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
            draft.chooseScope([]);
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
      <Estimate collection={name} />
    </Popover>
  );
}

function ScopeGroup({ group }: { readonly group: Group }) {
  const only = group.sections.length === 1 ? group.sections[0] : undefined;
  const chapter = commonHeading(group.sections);
  return (
    <li>
      <Choice selector={group.document} text={nameOfGroup(group)} passages={group.passages} />
      {only === undefined && (
        <ul>
          {group.sections.map((section) => (
            <li key={section.heading}>
              <Choice
                selector={`${section.document}#${section.heading}`}
                text={below(section.heading, chapter)}
                passages={section.passages}
              />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** What stands over all of a document, else its name. */
function nameOfGroup({ document, sections: all }: Group): string {
  const chapter = commonHeading(all);
  return chapter === '' ? document : chapter;
}

/** The headings that all sections of a document are under. */
function commonHeading(sections: readonly Section[]): string {
  const [first = [], ...others] = sections.map(({ heading }) => heading.split(BELOW));
  const shared = first.findIndex((part, i) => others.some((other) => other[i] !== part));
  return first.slice(0, shared < 0 ? first.length : shared).join(BELOW);
}

function below(heading: string, chapter: string): string {
  const rest = heading.startsWith(chapter + BELOW)
    ? heading.slice(chapter.length + BELOW.length)
    : heading;
  return rest === '' ? '—' : rest;
}

interface ChoiceProps {
  readonly selector: string;
  readonly text: string;
  readonly passages: number;
}

function Choice({ selector, text, passages }: ChoiceProps) {
  const scope = draft.scope.value;
  const covering = scope.filter((other) => covers(other, selector));
  const chosen = covering.length > 0;
  const partly = !chosen && scope.some((other) => covers(selector, other));
  return (
    <label class="choice">
      <input
        type="checkbox"
        checked={chosen}
        ref={(box) => {
          if (box !== null) {
            box.indeterminate = partly;
          }
        }}
        onChange={() => {
          draft.chooseScope(
            chosen
              ? scope.filter((other) => !covering.includes(other))
              : [...scope.filter((other) => !covers(selector, other)), selector],
          );
        }}
      />
      <span>{text}</span>
      <span class="quiet figure">{t('ask.scope.passages', { n: passages })}</span>
    </label>
  );
}

/** Says how much of the scope fits. */
function Estimate({ collection }: { readonly collection: string }) {
  const { budget } = draft.wishes.value;
  const fit = useFit(collection, draft.scope.value, budget);
  if (fit === null) {
    return <p class="estimate"> </p>;
  }
  return (
    <p class={fit.left > 0 ? 'estimate over' : 'estimate'} role="status">
      {fitText(fit, budget)}
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
