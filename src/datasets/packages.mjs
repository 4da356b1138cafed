// Makes a dataset of Debian's packages, each a sentence and the fields that it was written from:
//
//   apt-cache dumpavail | node src/datasets/packages.mjs FOLDER [COUNT]
//
// FOLDER becomes a BEIR folder for ./kvasir eval; which packages are drawn depends on their names alone.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, count = '200'] = process.argv.slice(2);
if (folder === undefined || !/^[1-9]\d{0,4}$/.test(count)) {
  console.error('usage: apt-cache dumpavail | node src/datasets/packages.mjs FOLDER [COUNT]');
  process.exit(2);
}

const ASKED = [
  ['Which version of the package NAME is there?', (fields) => fields.version],
  ['To which section does the package NAME belong?', (fields) => fields.section],
  ['Who maintains the package NAME?', (fields) => fields.maintainer],
  ['How many kB does the package NAME take when it is installed?', (fields) => String(fields.installed_kb)],
  ['What is the home page of the package NAME?', (fields) => fields.homepage],
];

function* records(text) {
  for (const paragraph of text.split('\n\n')) {
    const field = (name) => new RegExp(`^${name}: (.+)$`, 'm').exec(paragraph)?.[1] ?? '';
    const fields = {
      package: field('Package'),
      version: field('Version'),
      section: field('Section'),
      installed_kb: Number(field('Installed-Size')),
      maintainer: field('Maintainer').replace(/ *<.*/, '').replaceAll('"', ''),
      homepage: field('Homepage'),
    };
    const description = field('Description');
    if (description !== '' && Object.values(fields).every((value) => value !== '' && value !== 0)) {
      yield { description, fields };
    }
  }
}

const order = ({ fields }) => createHash('sha256').update(fields.package).digest('hex');
const drawn = new Map();
for (const record of records(readFileSync(0, 'utf8'))) {
  drawn.set(record.fields.package, record);
}
const chosen = [...drawn.values()].sort((a, b) => (order(a) < order(b) ? -1 : 1)).slice(0, Number(count));
if (chosen.length < Number(count)) {
  console.error(`there are ${chosen.length} packages that say all this; update the list (apt-get update)`);
  process.exit(1);
}

const corpus = chosen.map(({ description, fields }) => ({
  _id: fields.package,
  title: '',
  text:
    `${fields.package} is a package of Debian: ${description}. Its version ${fields.version} belongs to the ` +
    `section ${fields.section}, takes ${fields.installed_kb} kB when it is installed, and is maintained by ` +
    `${fields.maintainer}. More about it is at ${fields.homepage}.`,
  metadata: fields,
}));
const queries = chosen.map(({ fields }, place) => {
  const [question, answer] = ASKED[place % ASKED.length];
  return {
    _id: `${fields.package}-${place % ASKED.length}`,
    text: question.replace('NAME', fields.package),
    answers: [answer(fields)],
  };
});
const judged = queries.map(({ _id }, place) => `${_id}\t${chosen[place].fields.package}\t1`);

mkdirSync(join(folder, 'qrels'), { recursive: true });
const lines = (values) => values.map((value) => `${JSON.stringify(value)}\n`).join('');
writeFileSync(join(folder, 'corpus.jsonl'), lines(corpus));
writeFileSync(join(folder, 'queries.jsonl'), lines(queries));
writeFileSync(join(folder, 'qrels', 'test.tsv'), `query-id\tcorpus-id\tscore\n${judged.join('\n')}\n`);
console.log(`${chosen.length} packages, a question about each, in ${folder}`);
