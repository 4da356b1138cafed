/** Makes Vite write a page as one file: script and style inside, and nothing else allowed to load. */
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/** A plugin for a build with one page; its script and style leave the bundle. */
export function singleFile(page: string): Plugin {
  return {
    name: 'kvasir-single-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const html = bundle[page];
      if (html?.type !== 'asset') {
        throw new Error(`The build has no ${page}.`);
      }
      let script = '';
      let style = '';
      for (const [name, output] of Object.entries(bundle)) {
        if (output.type === 'chunk') {
          script += output.code;
        } else if (name.endsWith('.css')) {
          style += String(output.source);
        } else {
          continue;
        }
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- how Rollup drops a file
        delete bundle[name];
      }
      // Text of the program that looks like markup would end its element or hide its end.
      script = script.replaceAll(/<(?=\/script|!--)/gi, '\\x3c');
      html.source = String(html.source)
        .replace(/\s*<script type="module"[^>]*><\/script>/, '')
        .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
        .replace('<head>', () => `<head>${policy(script, style)}`)
        .replace('</head>', () => `<style>${style}</style></head>`)
        .replace('</body>', () => `<script type="module">${script}</script></body>`);
    },
  };
}

/** Allows this script and this style, and nothing from anywhere. */
function policy(script: string, style: string): string {
  const hash = (text: string) =>
    `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
  const allowed = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
  return `<meta http-equiv="Content-Security-Policy" content="${allowed}">`;
}
