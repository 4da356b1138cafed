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
  test: { environment: 'happy-dom', include: ['src/**/*.test.{ts,tsx}'] },
});
