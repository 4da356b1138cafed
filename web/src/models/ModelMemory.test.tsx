import { render } from 'preact';
import { afterEach, expect, it } from 'vitest';
import type { ModelStatus } from '../api/types';
import { freeMemory } from '../state/catalogue';
import { SAFE_ANSWERS } from '../testing/models';
import { ModelMemory } from './ModelMemory';

const model = (state: ModelStatus['state'], memoryBytes: number): ModelStatus => ({
  name: 'tiny',
  title: 'Tiny',
  languages: ['en'],
  licence: 'MIT',
  bytes: 1,
  memoryBytes,
  context: 512,
  state,
  progress: null,
  message: null,
  lacks: null,
  isDefault: false,
  answers: SAFE_ANSWERS,
});

const shown = (state: ModelStatus['state'], takes: number) => {
  const box = document.createElement('div');
  render(<ModelMemory model={model(state, takes)} />, box);
  return box.textContent;
};

afterEach(() => {
  freeMemory.value = null;
});

it('tells what is free before and after loading and unloading', () => {
  expect(shown('installed', 1e9), 'nothing before the server has told it').toBe('');
  freeMemory.value = 3e9;
  expect(shown('installed', 1e9)).toMatch(/3.*GB.*2.*GB/);
  expect(shown('loaded', 1e9)).toMatch(/3.*GB.*4.*GB/);
  expect(shown('available', 5e9)).toMatch(/3.*GB.*2.*GB/);
  expect(shown('pulling', 0)).toBe('');
});
