// Whether an image is what it promises: no root, a bill of materials that names every library in it,
// nothing that runs with another's rights, and none of the words that must stay on this machine.
//   node check-image.mjs IMAGE.tar SECRET…
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const BLOCK = 512;
const BILL = 'usr/share/sbom/kvasir.cdx.json';
const PRIVATE = /(^|\/)(\.git|\.m2|\.npmrc|\.netrc|\.ssh|\.env|id_rsa|settings\.xml|kvasir\.properties|database\.url)(\/|$)/;

/** The members of a tar archive: name, mode, type, content. */
function* members(archive) {
  let longName;
  for (let at = 0; at + BLOCK <= archive.length && archive[at] !== 0; ) {
    const text = (from, size) =>
      archive.toString('utf8', at + from, at + from + size).replace(/\0[\s\S]*$/, '');
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const type = text(156, 1) || '0';
    const content = archive.subarray(at + BLOCK, at + BLOCK + size);
    const prefix = text(345, 155);
    if (type === 'x') {
      longName = /\d+ path=([^\n]*)\n/.exec(content.toString())?.[1];
    } else if (type === 'L') {
      longName = content.toString().replace(/\0$/, '');
    } else {
      const name = longName ?? (prefix ? `${prefix}/${text(0, 100)}` : text(0, 100));
      yield { name: name.replace(/^(\.?\/)+/, ''), mode: Number.parseInt(text(100, 8), 8), type, content };
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
}

const [file, ...secrets] = process.argv.slice(2);
const blobs = new Map();
for (const member of members(readFileSync(file))) {
  blobs.set(member.name, member.content);
}
const blob = (descriptor) => blobs.get(`blobs/${descriptor.digest.replace(':', '/')}`);
const json = (content) => JSON.parse(content.toString());
const manifest = json(blob(json(blobs.get('index.json')).manifests[0]));
const config = json(blob(manifest.config));

assert.match(config.config.User, /^[1-9]\d*:[1-9]\d*$/, 'it runs as root');
for (const variable of config.config.Env) {
  assert.doesNotMatch(variable, /(PASSWORD|SECRET|TOKEN|API_KEY|DATABASE_URL)=/, 'its environment has a secret');
}

const libraries = [];
let bill;
for (const layer of manifest.layers) {
  const packed = blob(layer);
  const content = packed[0] === 0x1f && packed[1] === 0x8b ? gunzipSync(packed) : packed;
  for (const secret of secrets) {
    assert.ok(!content.includes(secret), `a secret of this machine is in layer ${layer.digest}`);
  }
  for (const member of members(content)) {
    assert.doesNotMatch(member.name, PRIVATE, 'a private file is in the image');
    assert.ok(member.type === '5' || (member.mode & 0o6000) === 0, `${member.name} runs with another's rights`);
    assert.ok(member.type === '2' || member.type === '5' || (member.mode & 0o002) === 0, `${member.name} may be changed by anybody`);
    if (member.name.startsWith('opt/kvasir/libs/') && member.name.endsWith('.jar')) {
      libraries.push(member.name.slice('opt/kvasir/libs/'.length));
    }
    if (member.name === BILL) {
      bill = json(member.content);
    }
  }
}

assert.ok(bill, `it has no ${BILL}`);
assert.equal(bill.bomFormat, 'CycloneDX');
const listed = new Set(
  bill.components.flatMap(({ name, version, purl }) => {
    const classifier = /classifier=([^&]*)/.exec(purl)?.[1];
    return [`${name}-${version}.jar`, `${name}-${version}-${classifier}.jar`];
  }),
);
assert.ok(libraries.length > 0, 'it has no libraries');
assert.deepEqual(libraries.filter((library) => !listed.has(library)), [], 'libraries that the bill does not list');
console.log(`${libraries.length} libraries, ${bill.components.length} components, ${manifest.layers.length} layers`);
