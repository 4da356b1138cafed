// Whether a trace says what it should: every path answered, every token's attention adds up to 1,
// and the three states of the passages are where they belong.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

const trace = JSON.parse(readFileSync(process.argv[2], 'utf8'));
assert.equal(trace.status, 'complete');
assert.match(trace.model.checksum, /^[0-9a-f]{64}$/);
assert.deepEqual(trace.paths.map((path) => path.path).sort(), ['attention', 'closed-book', 'rag']);

for (const path of trace.paths) {
  const name = path.path;
  assert.equal(path.error, null, name);
  assert.ok(path.tokens.length > 0, `${name} has no tokens`);
  const parts = path.prompt.parts;
  assert.equal(parts.at(-1).kind, 'answer', name);
  for (const [index, token] of path.tokens.entries()) {
    const sum = token.mass.reduce((total, share) => total + share, 0);
    assert.equal(token.mass.length, parts.length, `${name}, token ${index}`);
    assert.ok(Math.abs(sum - 1) < 1e-3, `${name}, token ${index}: masses add up to ${sum}`);
  }
  const read = path.passages.filter((passage) => passage.inPrompt !== null);
  for (const passage of read) {
    assert.ok(passage.attended.mass > 0, `${name}: ${passage.heading} was in the prompt unattended`);
  }
  if (name === 'closed-book') {
    assert.equal(path.passages.length, 0);
  } else {
    assert.ok(read.length > 0, `${name} read no passage`);
  }
  if (name === 'rag') {
    assert.ok(read.every((passage) => passage.retrieved !== null && passage.used));
  }
}
console.log(`${trace.paths.length} paths, ${trace.paths.map((path) => path.tokens.length)} tokens`);
