// Replaces the example that a first visit shows (src/example.json) by a stored contrast of a
// running Kvasir:
//
//   node scripts/example.mjs http://127.0.0.1:8080 CONTRAST-ID
import { writeFileSync } from 'node:fs';

const [baseUrl, id] = process.argv.slice(2);
if (baseUrl === undefined || id === undefined) {
  console.error('usage: node scripts/example.mjs BASE-URL CONTRAST-ID');
  process.exit(2);
}
const response = await fetch(`${baseUrl}/api/contrasts/${id}`);
if (!response.ok) {
  console.error(`The server answers ${response.status}: ${await response.text()}`);
  process.exit(1);
}
const trace = await response.json();
const rounded = (value) => Math.round(value * 1e5) / 1e5;
for (const path of trace.paths) {
  // The page needs neither ids nor more digits than it shows; everything else stays as it was.
  if (path.prompt !== null) {
    path.prompt.ids = [];
  }
  for (const token of path.tokens) {
    token.mass = token.mass.map(rounded);
    token.logprob = rounded(token.logprob);
    token.ms = Math.round(token.ms);
  }
}
const file = new URL('../src/example.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(trace)}\n`);
console.log(`${trace.question}: ${trace.paths.map(({ path }) => path).join(', ')}`);
