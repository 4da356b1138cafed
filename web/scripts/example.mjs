// Replaces the example that a first visit shows (src/example.json, for Chinese readers
// src/example.zh.json) by a contrast that the page
// exported, with everything that was found out about it:
//
//   node scripts/example.mjs EXPORTED.html [zh]
import { readFileSync, writeFileSync } from 'node:fs';

const [exported, language] = process.argv.slice(2);
if (exported === undefined) {
  console.error('usage: node scripts/example.mjs EXPORTED.html [zh]');
  process.exit(2);
}
const page = readFileSync(exported, 'utf8');
const data = /<script type="application\/json" id="shared">([^]*?)<\/script>/.exec(page)?.[1];
if (data === undefined) {
  console.error(`${exported} is no exported contrast.`);
  process.exit(1);
}
const name = language === undefined ? 'example' : `example.${language}`;
const shared = JSON.parse(data);
writeFileSync(new URL(`../src/${name}.json`, import.meta.url), `${JSON.stringify(shared)}\n`);
console.log(`${shared.trace.question}: ${shared.trace.paths.map(({ path }) => path).join(', ')}`);
