// Makes the example that a first visit in a language shows (src/example.LANGUAGE.json): asks a running
// Kvasir, tests what it answered, and keeps what the page exports of it. What proves nothing is not
// kept: answers from documents must end by themselves and contain what is right, the one without
// documents must not.
//
//   node scripts/example.mjs scripts/example.LANGUAGE.json [--server URL]
//
// An order names language, question, collection, scope, model and the words that are right.
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** How long an answer, a test or an export may take, in milliseconds. */
const PATIENCE_MS = 600_000;
const CLOSED = 'closed-book';
const PATHS = ['rag', 'attention', CLOSED];

const [file, option, address = 'http://127.0.0.1:8080'] = process.argv.slice(2);
if (file === undefined || (option !== undefined && option !== '--server')) {
  console.error('usage: node scripts/example.mjs scripts/example.LANGUAGE.json [--server URL]');
  process.exit(2);
}
const { language, right, ...asked } = JSON.parse(readFileSync(file, 'utf8'));

const { id } = await contrast();
const trace = await (await send(`/api/contrasts/${id}`)).json();
const wrong = trace.paths.flatMap(complaints);
if (wrong.length > 0) {
  console.error(wrong.join('\n'));
  process.exit(1);
}
for (const { path } of trace.paths.filter(({ path }) => path !== CLOSED)) {
  await (await post(`/api/contrasts/${id}/evidence`, { path })).text();
}
const target = new URL(`../src/example.${language}.json`, import.meta.url);
writeFileSync(target, `${JSON.stringify(await exported())}\n`);
for (const { path, answer } of trace.paths) {
  console.log(`${path}: ${answer.trim()}`);
}

async function contrast() {
  const events = await (await post('/api/contrasts', { ...asked, paths: PATHS })).text();
  const started = events.split('\n').find((line) => line.startsWith('data:'));
  return JSON.parse(started.slice('data:'.length)).trace;
}

/** What keeps an answer from proving the point. */
function complaints({ path, answer, finishReason }) {
  const found = answer.toLowerCase().includes(right.toLowerCase());
  if (path === CLOSED) {
    return found ? [`${path} knows it without documents: ${answer}`] : [];
  }
  return [
    ...(found ? [] : [`${path} does not say "${right}": ${answer}`]),
    ...(finishReason === 'stop' ? [] : [`${path} ended by ${finishReason}: ${answer}`]),
  ];
}

/** What a page carries that a reader would save. */
async function exported() {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({ locale: 'en' });
    await page.goto(`${address}/#/contrast/${id}`);
    await page.getByRole('button', { name: 'Share' }).click();
    const saved = page.waitForEvent('download', { timeout: PATIENCE_MS });
    await page.getByRole('button', { name: /^Web page/ }).click();
    const text = readFileSync(await (await saved).path(), 'utf8');
    const data = /<script type="application\/json" id="shared">([^]*?)<\/script>/.exec(text)?.[1];
    if (data === undefined) {
      throw new Error('the page exported nothing');
    }
    return JSON.parse(data);
  } finally {
    await browser.close();
  }
}

async function send(path, options) {
  const response = await fetch(address + path, options);
  if (!response.ok) {
    throw new Error(`${path}: ${await response.text()}`);
  }
  return response;
}

function post(path, body) {
  return send(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
