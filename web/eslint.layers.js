/** Which folder of the page may import which: every folder those below it, and nothing else. */

/** From the ground up; a folder knows the folders that it names and no others. */
const KNOWS = {
  browser: [],
  i18n: ['browser'],
  api: ['i18n'],
  paths: ['api', 'i18n'],
  maths: ['api', 'paths'],
  state: ['api', 'browser', 'i18n', 'maths', 'paths'],
  export: ['api', 'browser', 'maths', 'paths', 'state'],
  shell: ['api', 'i18n', 'state'],
  'ask/compose': ['api', 'i18n', 'maths', 'paths', 'shell', 'state'],
  'ask/passages': ['api', 'i18n', 'maths'],
  'ask/formulas': ['i18n', 'shell'],
  'ask/steps': [
    ...['api', 'i18n', 'maths', 'paths', 'shell', 'state'],
    ...['ask/formulas', 'ask/passages'],
  ],
  'ask/lookups': [
    ...['api', 'i18n', 'maths', 'paths', 'shell', 'state'],
    ...['ask/formulas', 'ask/passages', 'ask/steps'],
  ],
  'ask/agreement': [
    ...['api', 'i18n', 'maths', 'paths', 'shell', 'state'],
    ...['ask/formulas', 'ask/passages'],
  ],
  'ask/test': [
    ...['api', 'i18n', 'maths', 'paths', 'shell', 'state'],
    ...['ask/formulas', 'ask/passages'],
  ],
  'ask/tour': ['api', 'i18n', 'maths', 'paths', 'shell', 'state'],
  'ask/lane': [
    ...['api', 'i18n', 'maths', 'paths', 'shell', 'state'],
    ...['ask/formulas', 'ask/passages', 'ask/steps', 'ask/test'],
  ],
  ask: [
    'api',
    'example.en.json',
    'example.zh.json',
    'export',
    'i18n',
    'maths',
    'paths',
    'shell',
    'state',
  ],
  library: ['api', 'browser', 'i18n', 'maths', 'shell', 'state'],
  history: ['api', 'export', 'i18n', 'shell', 'state'],
  experiments: ['api', 'browser', 'i18n', 'shell', 'state'],
  models: ['api', 'i18n', 'shell', 'state'],
  share: ['api', 'ask', 'export', 'i18n', 'maths', 'paths', 'shell', 'state', 'styles'],
};

/**
 * Zones of `import-x/no-restricted-paths`: a folder's files, and what they may not import.
 *
 * @param samples folders that everything knows besides
 */
export const layers = (samples) =>
  Object.entries(KNOWS).map(([folder, known]) => ({
    target: `./src/${folder}`,
    from: './src',
    except: [folder, ...samples, ...known].map((name) => `./${name}`),
    message: `${folder}/ knows ${known.join(', ') || 'nothing'}; see eslint.layers.js.`,
  }));
