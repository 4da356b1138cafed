// The browser of a file of tests: made anew for it, and closed behind it with its timers, listeners and modules.
// Vitest would start a process for each to have that, and read happy-dom again, which took most of the time.
import { afterAll, vi } from 'vitest';
import { builtinEnvironments } from 'vitest/environments';

vi.resetModules();
const { teardown } = await builtinEnvironments['happy-dom'].setup(globalThis, {});
// Closing a window ends its timers, and not those of Node, which it would use.
const own = document.defaultView as unknown as typeof globalThis;
const names = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;
const before = names.map((name) => [name, globalThis[name]] as const);
for (const name of names) {
  Object.assign(globalThis, { [name]: own[name].bind(own) });
}

afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await teardown(globalThis);
  Object.assign(globalThis, Object.fromEntries(before));
});
