import { expect, it } from 'vitest';
import { besideOf, pathOf } from '../paths/laneNames';
import { readingPath, trace } from '../testing/traces';
import { eventBeside, mainOf, sideBySide, traceBeside, traceOf } from './beside';
import { apply, begin, viewOf } from './contrast';

const A = trace([readingPath('rag'), readingPath('attention')]);
const B = { ...trace([readingPath('attention'), readingPath('rag')]), id: 'b', beside: A.id };

it('puts every path beside itself, and knows of each lane whose it is', () => {
  const view = sideBySide(viewOf(A, 'stored'), viewOf(traceBeside(B), 'stored'));
  const lanes = view.trace.paths.map(({ path }) => path);
  expect(lanes).toEqual(['rag', besideOf('rag'), 'attention', besideOf('attention')]);
  expect(lanes.map(pathOf)).toEqual(['rag', 'rag', 'attention', 'attention']);
  expect(lanes.map((lane) => traceOf(view, lane).id)).toEqual([A.id, 'b', A.id, 'b']);
  expect(mainOf(view).paths.map(({ path }) => path)).toEqual(['rag', 'attention']);
  expect(view.hits.map(({ id }) => id)).toEqual([7, 8]);
});

it('runs for as long as either of both does, and events reach the lane beside only', () => {
  const ended = viewOf({ ...A, status: 'complete' }, 'stored');
  const begun = begin({ ...B, paths: [] }, [besideOf('rag')]);
  expect(sideBySide(ended, begun).trace.status).toBe('running');
  const token = { id: 3, text: 'Otherwise', logprob: -1, ms: 5, mass: [] };
  const told = eventBeside({ type: 'token', path: 'rag', index: 0, token });
  const view = sideBySide(ended, apply(begun, told, 0));
  expect(view.trace.paths.map(({ path, answer }) => [path, answer])).toEqual([
    ['rag', 'Use dpkg'],
    [besideOf('rag'), 'Otherwise'],
    ['attention', 'Use dpkg'],
  ]);
});
