// What every case stands on: a collection to ask, fresh pages, and checks that hold everywhere.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The longest that one answer may take, in milliseconds. */
export const ANSWER_MS = 180_000;

const DOCUMENT = `# Lighthouses

## The keeper

The keeper of the lighthouse at Skerryvore was called Alan Ritson. He trimmed the lamp every four
hours and wrote the weather into a book with a green cover.

## The lamp

The lamp of Skerryvore burns rape oil. It is lit at sunset and put out at sunrise, and its light
can be seen from eighteen miles away.

## The boat

A boat brings bread, oil and letters every second Thursday, when the sea allows it.
`;
const QUESTION = 'What was the keeper of the lighthouse called?';

export class Session {
  constructor(browser, { baseUrl, screenshots, key }) {
    this.browser = browser;
    this.baseUrl = baseUrl;
    this.screenshots = screenshots;
    this.key = key;
    /** What the running case lets the browser complain of; null for nothing. */
    this.tolerated = null;
    this.own = `page-test-${randomUUID().slice(0, 8)}`;
    this.example = null;
    /** Addresses of contrasts that earlier cases left: one answered, one stopped. */
    this.answered = null;
    this.stopped = null;
  }

  /** Finds an example to ask, or makes a collection that has one. */
  async prepare() {
    const { collections } = await this.api('GET', '/api/collections');
    const offered = collections.find(
      ({ examples, language }) => examples.length > 0 && language.startsWith('en'),
    );
    await this.upload(this.own, 'lighthouses.md', DOCUMENT);
    if (offered !== undefined) {
      this.collection = offered.name;
      this.example = offered.examples[0].question;
      return;
    }
    const examples = [{ question: QUESTION, scope: { selectors: ['lighthouses.md'] } }];
    await this.api('PUT', `/api/collections/${this.own}/examples`, examples);
    this.collection = this.own;
    this.example = QUESTION;
  }

  async upload(collection, name, text) {
    const form = new FormData();
    form.append('file', new Blob([text], { type: 'text/markdown' }), name);
    form.append('language', 'en');
    const path = `/api/collections/${collection}/documents`;
    const response = await this.fetch(path, { method: 'POST', body: form });
    assert.equal(response.status, 202, `upload: ${response.status}`);
    let job = await response.json();
    for (const limit = Date.now() + 60_000; !job.finished && Date.now() < limit;) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      job = await this.api('GET', `/api/jobs/${job.id}`);
    }
    assert.equal(job.files[0].state, 'done', job.files[0].error ?? 'the upload did not finish');
  }

  /** A request of the test itself, with the key where there is one. */
  fetch(path, { headers = {}, ...request }) {
    const key = this.key === null ? {} : { authorization: `Bearer ${this.key}` };
    return fetch(this.baseUrl + path, { ...request, headers: { ...headers, ...key } });
  }

  async api(method, path, body) {
    const response = await this.fetch(path, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    assert.ok(response.ok, `${method} ${path}: ${response.status}`);
    const text = await response.text();
    return text === '' ? null : JSON.parse(text);
  }

  /** Has a question answered without the page; gives the address of the contrast. */
  async ask(question) {
    const response = await this.fetch('/api/contrasts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    });
    assert.equal(response.status, 200, `question: ${response.status}`);
    await response.text();
    return `#/contrast/${response.headers.get('location').split('/').at(-1)}`;
  }

  /** Runs a case in a new browser profile; anything loaded from elsewhere or thrown fails it. */
  async inFreshPage(run, offline = false) {
    const context = await this.browser.newContext({
      viewport: { width: 1440, height: 900 },
      colorScheme: 'light',
      locale: 'en-US',
      reducedMotion: 'reduce',
      acceptDownloads: true,
      offline,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const strange = [];
    this.tolerated = null;
    await page.addInitScript(() => {
      window.violations = [];
      window.shifts = [];
      const shifts = new window.PerformanceObserver((list) => {
        window.shifts.push(...list.getEntries().map(({ value }) => value));
      });
      shifts.observe({ type: 'layout-shift', buffered: true });
      document.addEventListener('securitypolicyviolation', (event) => {
        window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
      });
    });
    page.on('pageerror', (error) => strange.push(error.message));
    page.on('console', (message) => {
      // A stream that ended is answered with 404 by contract; the browser logs that itself.
      const text = message.text();
      if (
        message.type() === 'error' &&
        !text.startsWith('Failed to load resource') &&
        !this.tolerated?.test(text)
      ) {
        strange.push(text);
      }
    });
    page.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      const elsewhere = protocol.startsWith('http') && origin !== new URL(this.baseUrl).origin;
      if (elsewhere && this.tolerated === null) {
        strange.push(`loaded from elsewhere: ${request.url()}`);
      }
    });
    try {
      await run(page, this);
      assert.deepEqual(strange, []);
    } finally {
      await context.close();
    }
  }

  /** What the content security policy stopped since the page was loaded. */
  async violations(page) {
    return page.evaluate(() => window.violations);
  }

  async open(page, hash = '#/') {
    await page.goto(`${this.baseUrl}/${hash}`);
    await page.locator('.header nav').waitFor();
  }

  async screenshot(page, name, fullPage = false) {
    if (this.screenshots !== null) {
      await page.mouse.move(2, 2);
      const before = page.viewportSize();
      if (fullPage) {
        // A window as tall as the page, so that what sticks to its edges stands where it belongs;
        // twice, since what was out of sight had a guessed height.
        for (let i = 0; i < 2; i++) {
          const height = await page.evaluate(() => document.documentElement.scrollHeight);
          await page.setViewportSize({ ...before, height });
          await page.waitForTimeout(300);
        }
      }
      await page.screenshot({ path: join(this.screenshots, name) });
      await page.setViewportSize(before);
    }
  }

  /** Fails on anything axe-core finds on the page, or a part of it, as it stands. */
  async checkAccessible(page, what, part = 'html') {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate((root) => window.axe.run(root), part);
    const found = violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
    );
    assert.deepEqual(found, [], `accessibility of ${what}`);
  }

  async checkNoSideways(page, what) {
    const [wide, seen] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    assert.ok(wide <= seen, `${what} is ${wide} px wide on a screen of ${seen} px`);
  }

  async cleanUp() {
    await this.fetch(`/api/collections/${this.own}`, { method: 'DELETE' });
  }
}
