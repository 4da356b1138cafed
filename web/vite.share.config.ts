/** The build of the page that contrasts are exported into: dist/share.html, one file. */
import { defineConfig } from 'vite';
import { singleFile } from './scripts/singleFile.ts';

export default defineConfig({
  base: './',
  publicDir: false,
  build: {
    target: 'es2022',
    emptyOutDir: false,
    cssCodeSplit: false,
    modulePreload: false,
    cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
    rolldownOptions: { input: 'share.html', output: { codeSplitting: false } },
  },
  plugins: [singleFile('share.html')],
});
