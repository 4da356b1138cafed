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
import { evidenceCases } from './evidence.mjs';
import { experimentCases } from './experiments.mjs';
import { keyCases } from './keys.mjs';
import { libraryCases } from './library.mjs';
import { policyCases } from './policy.mjs';
import { screenCases } from './screens.mjs';
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
const session = new Session(browser, options);
let passed = 0;
let failed = 0;
try {
  await session.prepare();
  const open = [
    ...askCases,
    ...evidenceCases,
    ...experimentCases,
    ...shareCases,
    ...libraryCases,
    ...screenCases,
    ...policyCases,
  ];
  for (const [name, run] of options.key === null ? open : keyCases) {
    if (options.only !== null && !name.includes(options.only)) {
      continue;
    }
    const begun = Date.now();
    try {
      await session.inFreshPage(run);
      passed++;
      console.log(`ok      ${name} (${Date.now() - begun} ms)`);
    } catch (failure) {
      failed++;
      console.log(`FAILED  ${name}\n${indented(failure.stack ?? String(failure))}`);
    }
  }
} catch (failure) {
  failed++;
  console.log(`FAILED  preparation\n${indented(failure.stack ?? String(failure))}`);
} finally {
  try {
    await session.cleanUp();
    await browser.close();
  } catch (failure) {
    failed++;
    console.log(`FAILED  cleaning up\n${indented(failure.stack ?? String(failure))}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;

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
