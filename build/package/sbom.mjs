import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { shippedDirectly, shippedPackages } from './shipped-packages.mjs';

/**
 * The bill of materials, CycloneDX 1.5 JSON (ECMA-424), from the lockfile alone: the same lockfile gives the same bytes.
 * It has no timestamp, and its serial number is a name of what it lists. `npm sbom` is not used: it leaves out packages
 * that are shared with development packages, and names the project after its folder.
 * @param {string} root the project's folder
 * @returns {string} JSON
 */
export function sbomOf(root) {
  /** @type {{ name: string, version: string, description: string, license: string }} */
  const { name, version, description, license } = JSON.parse(
    readFileSync(join(root, 'package.json'), 'utf8'),
  );
  const packages = shippedPackages(root);
  const components = packages.map(componentOf);
  const bom = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    serialNumber: `urn:uuid:${uuidOf(JSON.stringify([name, version, components]))}`,
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        'bom-ref': `${name}@${version}`,
        type: 'application',
        name,
        version,
        description,
        licenses: [{ license: { id: license } }],
        purl: purlOf(name, version),
      },
    },
    components,
    dependencies: dependenciesOf(`${name}@${version}`, shippedDirectly(root), packages),
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

/**
 * Who needs whom. Electron's own packages only fetch its binary, and do not ship.
 * @param {string} project its `bom-ref`
 * @param {readonly string[]} direct paths of what it needs
 * @param {readonly import('./shipped-packages.mjs').ShippedPackage[]} packages
 */
function dependenciesOf(project, direct, packages) {
  const refs = new Map(packages.map((it) => [it.path, refOf(it)]));
  /** @param {readonly string[]} paths */
  const named = (paths) => paths.map((path) => refs.get(path));
  return [
    { ref: project, dependsOn: named(direct) },
    ...packages.map((it) => ({ ref: refOf(it), dependsOn: named(it.dependsOn) })),
  ];
}

/**
 * Two versions of one package may stand in the tree, and one version twice.
 * @param {{ name: string, version: string, path: string }} shipped
 */
const refOf = ({ name, version, path }) => `${name}@${version}|${path}`;

/** @param {import('./shipped-packages.mjs').ShippedPackage} shipped */
function componentOf({ path, name, version, license, integrity }) {
  return {
    'bom-ref': refOf({ path, name, version }),
    type: name === 'electron' ? 'framework' : 'library',
    name,
    version,
    purl: purlOf(name, version),
    licenses: [/[ ()]/.test(license) ? { expression: license } : { license: idOrName(license) }],
    ...(integrity === undefined ? {} : { hashes: hashesOf(integrity) }),
  };
}

/** @param {string} license */
function idOrName(license) {
  return license === 'NOASSERTION' ? { name: license } : { id: license };
}

/**
 * @param {string} integrity Subresource Integrity, like `sha512-` and base64
 */
function hashesOf(integrity) {
  const [algorithm = '', base64 = ''] = integrity.split('-');
  return [
    {
      alg: `SHA-${algorithm.replace('sha', '')}`,
      content: Buffer.from(base64, 'base64').toString('hex'),
    },
  ];
}

/**
 * @param {string} name
 * @param {string} version
 * @returns {string} a package URL (ECMA-427)
 */
function purlOf(name, version) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/**
 * A UUID version 8 of a text (RFC 9562, 5.8).
 * @param {string} text
 */
function uuidOf(text) {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = (Number(bytes[6]) & 0x0f) | 0x80;
  bytes[8] = (Number(bytes[8]) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
