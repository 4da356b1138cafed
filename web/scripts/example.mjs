// Replaces the example that a first visit shows (src/example.json) by a contrast that the page
// exported, with everything that was found out about it:
//
//   node scripts/example.mjs EXPORTED.html
import { readFileSync, writeFileSync } from 'node:fs';

const [exported] = process.argv.slice(2);
if (exported === undefined) {
  console.error('usage: node scripts/example.mjs EXPORTED.html');
  process.exit(2);
}
const page = readFileSync(exported, 'utf8');
const data = /<script type="application\/json" id="shared">([^]*?)<\/script>/.exec(page)?.[1];
if (data === undefined) {
  console.error(`${exported} is no exported contrast.`);
  process.exit(1);
}
const shared = JSON.parse(data);
writeFileSync(new URL('../src/example.json', import.meta.url), `${JSON.stringify(shared)}\n`);
console.log(`${shared.trace.question}: ${shared.trace.paths.map(({ path }) => path).join(', ')}`);
