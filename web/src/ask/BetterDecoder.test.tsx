import { render } from 'preact';
import { beforeEach, expect, it } from 'vitest';
import type { ModelStatus, Trace } from '../api/types';
import { models } from '../state/catalogue';
import { chosenModel } from '../state/draft';
import { SAFE_ANSWERS } from '../testing/models';
import { readingPath, trace } from '../testing/traces';
import { BetterDecoder } from './BetterDecoder';

const model = (name: string, changes: Partial<ModelStatus>): ModelStatus => ({
  name,
  title: name,
  languages: ['en', 'zh'],
  licence: 'MIT',
  bytes: 500_000_000,
  memoryBytes: 1_600_000_000,
  context: 2048,
  state: 'available',
  progress: null,
  message: null,
  lacks: null,
  isDefault: false,
  answers: SAFE_ANSWERS,
  ...changes,
});

const small = model('Small', { state: 'loaded', languages: ['en'], bytes: 100, isDefault: true });

const asked: Trace = {
  ...trace([readingPath()]),
  status: 'complete',
  question: '什么是 dpkg？',
  model: { name: 'Small', checksum: '00', format: 'int8' },
};

function shown(large: Partial<ModelStatus>): HTMLElement {
  models.value = [small, model('Large', large)];
  const box = document.createElement('div');
  render(<BetterDecoder trace={asked} />, box);
  return box;
}

beforeEach(() => {
  chosenModel.value = null;
});

it('names what is to be fetched before anybody presses', () => {
  const box = shown({});
  expect(box.textContent).toContain('Small does not speak Chinese; Large does.');
  expect(box.querySelector('button')?.textContent).toBe('Download and use Large (500 MB)');
});

it('offers nothing to press where there is too little disk or memory, and says how much it takes', () => {
  const disk = shown({ lacks: 'disk' });
  expect(disk.querySelector('button')).toBeNull();
  expect(disk.textContent).toContain('500 MB');
  const memory = shown({ state: 'installed', lacks: 'memory' });
  expect(memory.querySelector('button')).toBeNull();
  expect(memory.textContent).toContain('1.6 GB');
});

it('shows how far it is', () => {
  const box = shown({ state: 'pulling', progress: 0.25 });
  expect(box.querySelector('progress')?.value).toBe(0.25);
  expect(box.querySelector('button')).toBeNull();
});

it('gives the next question to one that is loaded', () => {
  shown({ state: 'loaded' }).querySelector('button')?.click();
  expect(chosenModel.value).toBe('Large');
  expect(shown({ state: 'loaded' }).textContent).toContain('The next question goes to it.');
});
