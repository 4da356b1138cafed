import { defineConfig } from 'vitest/config';

/** Where `npm run dev` sends API calls; the built page is served by Kvasir itself. */
const server = process.env.KVASIR_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
  base: './',
  build: {
    target: 'es2022',
    // Data URIs would need a wider content security policy than 'self'.
    assetsInlineLimit: 0,
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: { proxy: { '/api': server } },
  test: {
    projects: [
      {
        // What is drawn goes on by timers when its tests are over: each file has a process of its own.
        test: {
          name: 'drawn',
          environment: 'happy-dom',
          include: ['src/**/*.test.tsx'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        // These do not, and share processes: most of the time went into reading happy-dom for each file.
        test: {
          name: 'told',
          include: ['src/**/*.test.ts'],
          isolate: false,
          sequence: { groupOrder: 0 },
          setupFiles: ['src/testing/browser.ts'],
        },
      },
    ],
  },
});
