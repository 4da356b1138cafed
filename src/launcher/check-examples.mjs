// Whether every question that a sample collection offers has a scope, and one that fits the budget
// of the attention path: node check-examples.mjs BASE_URL BUDGET COLLECTION…
import assert from 'node:assert/strict';

const [baseUrl, budget, ...names] = process.argv.slice(2);

for (const name of names) {
  const collection = await ask(`/api/collections/${name}`);
  assert.ok(collection.examples.length >= 5, `${name} offers ${collection.examples.length} questions`);
  for (const { question, scope } of collection.examples) {
    const fit = await ask('/api/scope', {
      collection: name,
      scope: scope.selectors,
      budget: Number(budget),
    });
    assert.ok(fit.passages > 0, `${name}: nothing is in the scope of "${question}"`);
    assert.equal(fit.left, 0, `${name}: ${fit.left} passages do not fit for "${question}"`);
  }
  console.log(`${name}: ${collection.examples.length} questions`);
}

async function ask(path, body) {
  const options = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await fetch(baseUrl + path, options);
  const text = await response.text();
  assert.ok(response.ok, `${path}: ${text}`);
  return JSON.parse(text);
}
