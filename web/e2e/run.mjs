// Drives the page of a running Kvasir with Chromium, as a reader would.
//
//   npm run e2e -- --base-url http://127.0.0.1:8080 [--screenshots DIR] [--only WORD] [--key KEY]
//
// With a key, the server is one that asks for it, and only what the reader sees of that is tested.
// CHROMIUM names the browser where it is not /usr/bin/chromium. Ends with "N passed, N failed";
// the exit status is 0 when nothing failed.
import { existsSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { askCases } from './ask.mjs';
import { evidenceCases, hoverCases } from './evidence.mjs';
import { experimentCases } from './experiments.mjs';
import { keyCases } from './keys.mjs';
import { libraryCases } from './library.mjs';
import { policyCases } from './policy.mjs';
import { historyCases, screenCases, visitCases } from './screens.mjs';
import { shareCases } from './share.mjs';
import { Session } from './session.mjs';

const options = readOptions(process.argv.slice(2));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(executablePath)) {
  console.error(
    `There is no browser at ${executablePath}. Install Debian's chromium, or name one in CHROMIUM.`,
  );
  process.exit(2);
}
if (options.screenshots !== null) {
  mkdirSync(options.screenshots, { recursive: true });
}

const browser = await chromium.launch({
  executablePath,
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
let passed = 0;
let failed = 0;
if (options.key === null) {
  // What measures time first, by itself; then three readers side by side, since one leaves most of
  // the machine idle.
  await inTurn([...visitCases, ...hoverCases]);
  await Promise.all([
    inTurn([...askCases, ...evidenceCases, ...historyCases]),
    inTurn([...shareCases, ...experimentCases]),
    inTurn([...libraryCases, ...screenCases, ...policyCases]),
  ]);
} else {
  await inTurn(keyCases);
}
await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

/** Runs cases one behind the other, in a session of their own. */
async function inTurn(cases) {
  const wanted = cases.filter(([name]) => options.only === null || name.includes(options.only));
  if (wanted.length === 0) {
    return;
  }
  const session = new Session(browser, options);
  try {
    await session.prepare();
    for (const [name, run] of wanted) {
      await once(session, name, run);
    }
  } catch (failure) {
    fail('preparation', failure);
  }
  await session.cleanUp().catch((failure) => fail('cleaning up', failure));
}

async function once(session, name, run) {
  const begun = Date.now();
  try {
    await session.inFreshPage(run);
    passed++;
    console.log(`ok      ${name} (${Date.now() - begun} ms)`);
  } catch (failure) {
    fail(name, failure);
  }
}

function fail(name, failure) {
  failed++;
  console.log(`FAILED  ${name}\n${indented(failure.stack ?? String(failure))}`);
}

function readOptions(args) {
  const read = { baseUrl: null, screenshots: null, only: null, key: null };
  const names = {
    '--base-url': 'baseUrl',
    '--screenshots': 'screenshots',
    '--only': 'only',
    '--key': 'key',
  };
  for (let i = 0; i < args.length; i += 2) {
    const name = names[args[i]];
    if (name === undefined || args[i + 1] === undefined) {
      console.error(`Unknown or incomplete option ${args[i]}; there are ${Object.keys(names)}`);
      process.exit(2);
    }
    read[name] = args[i + 1];
  }
  if (read.baseUrl === null) {
    console.error('Say which server to test: --base-url http://127.0.0.1:8080');
    process.exit(2);
  }
  return { ...read, baseUrl: read.baseUrl.replace(/\/$/, '') };
}

function indented(text) {
  return text.replace(/^/gm, '        ');
}
