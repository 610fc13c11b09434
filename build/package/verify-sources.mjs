import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sourcesOf } from './build-info.mjs';
import { readSums, readText, sha256Of } from './checksums.mjs';
import { failed, listed, ok } from './finding.mjs';
import { sbomOf } from './sbom.mjs';

/**
 * Whether the release says that it was made of the checkout's sources. It is no more than its word: `--rebuilt` shows it.
 * @param {string} folder
 * @param {string} root
 * @returns {import('./finding.mjs').Finding}
 */
export function builtFrom(folder, root) {
  const check = 'sources';
  const theirs = parsed(readText(join(folder, 'build-info.json')));
  if (theirs === undefined)
    return failed(check, 'there is no build-info.json in the release, or it is no JSON');
  const differing = Object.entries(sourcesOf(root))
    .filter(([name, value]) => theirs[name] !== value)
    .map(([name]) => name);
  return differing.length === 0
    ? ok(check, 'build-info.json names the sources and the lockfile of this checkout')
    : failed(check, `build-info.json names another ${differing.join(', ')}: check out the release's tag`);
}

/**
 * @param {string | undefined} json
 * @returns {Record<string, unknown> | undefined}
 */
function parsed(json) {
  try {
    /** @type {unknown} */
    const value = JSON.parse(json ?? '');
    return typeof value === 'object' && value !== null
      ? /** @type {Record<string, unknown>} */ (value)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the release lists the packages that the checkout pins.
 * @param {string} folder
 * @param {string} root
 * @returns {import('./finding.mjs').Finding}
 */
export function billOfMaterials(folder, root) {
  const check = 'bill of materials';
  const theirs = readText(join(folder, 'sbom.cdx.json'));
  if (theirs === undefined) return failed(check, 'there is no sbom.cdx.json in the release');
  const ours = sbomOf(root);
  if (theirs === ours) return ok(check, 'lists what the lockfile of this checkout pins');
  const [before, after] = [namesIn(ours), namesIn(theirs)];
  if (after === undefined || before === undefined) return failed(check, 'sbom.cdx.json is no CycloneDX JSON');
  const differing = [
    ...[...after].filter((it) => !before.has(it)).map((it) => `+${it}`),
    ...[...before].filter((it) => !after.has(it)).map((it) => `-${it}`),
  ];
  return failed(
    check,
    `not that of this checkout (${listed(differing) || 'same packages, other details'}): check out the release's tag`,
  );
}

/** @param {string} json */
function namesIn(json) {
  try {
    /** @type {{ components: { name: string, version: string }[] }} */
    const { components } = JSON.parse(json);
    return new Set(components.map(({ name, version }) => `${String(name)}@${String(version)}`));
  } catch {
    return undefined;
  }
}

/**
 * Whether the release holds what was built of the same sources, byte for byte. `build-info.json` is left out: it names
 * the Node and the npm of whoever built it.
 * @param {ReadonlyMap<string, string>} sums of the release
 * @param {string} rebuilt folder of a payload
 * @param {string} root
 * @returns {import('./finding.mjs').Finding}
 */
export function sameBytes(sums, rebuilt, root) {
  const check = 'rebuilt';
  const own = readSums(rebuilt);
  if (typeof own === 'string') return failed(check, own);
  /** @type {{ name: string, version: string }} */
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const files = [...own.keys()].filter((file) => file !== 'build-info.json');
  const missing = ['app.asar', `${name}-${version}.tgz`, ...files].filter(
    (file) => !own.has(file) || !existsSync(join(rebuilt, file)),
  );
  if (missing.length > 0) return failed(check, `what you built lacks ${listed(missing)}: build it again`);
  const differing = files.filter((file) => sums.get(file) !== sha256Of(join(rebuilt, file)));
  return differing.length === 0
    ? ok(check, `${listed(files)}: the same bytes`)
    : failed(check, `other bytes than yours: ${listed(differing)} (compare Node and npm in build-info.json)`);
}
