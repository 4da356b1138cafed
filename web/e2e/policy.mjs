// The content security policy: it lets the page do all that it does, and nothing else.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openAnswered } from './ask.mjs';

const BUILT = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');
const SCREENS = ['#/', '#/history', '#/experiments', '#/library', '#/models'];

function files(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

export const policyCases = [
  [
    'every file that was built is served, and lets itself be loaded under the policy',
    async (page, session) => {
      assert.ok(existsSync(BUILT), `the page is not built: there is no ${BUILT}`);
      const built = files(BUILT);
      assert.ok(built.length > 4, `only ${built}`);
      await session.open(page);
      const wrong = await page.evaluate(async (names) => {
        const found = [];
        for (const name of names) {
          const response = await fetch(name);
          const policy = response.headers.get('content-security-policy') ?? '';
          if (!response.ok || !policy.includes('default-src')) {
            found.push(`${name}: ${response.status} ${policy}`);
          } else if (name.endsWith('.js')) {
            await import(new URL(name, document.baseURI).href).catch((problem) => {
              found.push(`${name}: ${problem.message}`);
            });
          } else if (/\.(css|svg)$/.test(name)) {
            const element = document.createElement(name.endsWith('.css') ? 'link' : 'img');
            const loaded = new Promise((resolve) => {
              element.onload = () => resolve(null);
              element.onerror = () => resolve(name);
            });
            Object.assign(element, { rel: 'stylesheet', href: name, src: name });
            document.head.append(element);
            const problem = await loaded;
            if (problem !== null) {
              found.push(problem);
            }
          }
        }
        return found;
      }, built);
      assert.deepEqual(wrong, []);
      assert.deepEqual(await session.violations(page), []);
    },
  ],
  [
    'no screen breaks the policy',
    async (page, session) => {
      await openAnswered(page, session);
      assert.deepEqual(await session.violations(page), []);
      for (const screen of SCREENS) {
        await session.open(page, screen);
        await page.waitForLoadState('networkidle');
        assert.deepEqual(await session.violations(page), [], screen);
      }
    },
  ],
  [
    'what is not of the page is stopped by the policy',
    async (page, session) => {
      session.tolerated = /Content Security Policy/;
      await session.open(page);
      await page.evaluate(async (address) => {
        const script = document.createElement('script');
        script.textContent = 'window.foreign = true';
        document.head.append(script);
        const image = document.createElement('img');
        image.src = `${address}/mark.svg`;
        document.head.append(image);
        await fetch(`${address}/api/models`).catch(() => null);
      }, 'http://elsewhere.invalid');
      const stopped = await session.violations(page);
      for (const directive of ['script-src-elem', 'img-src', 'connect-src']) {
        assert.ok(
          stopped.some((one) => one.startsWith(`${directive} `)),
          `${directive}: ${stopped}`,
        );
      }
      assert.equal(await page.evaluate(() => window.foreign), undefined);
    },
  ],
];
