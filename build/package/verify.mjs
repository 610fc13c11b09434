import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { sha256Of, SIGNATURE, SUMS } from './checksums.mjs';
import { listFiles } from './payload-files.mjs';
import { sbomOf } from './sbom.mjs';

/**
 * What one check of a release came to.
 * @typedef {object} Finding
 * @property {'ok' | 'failed' | 'not checked'} outcome
 * @property {string} check
 * @property {string} says
 */

/** What a signature of a release is for; one that was made for anything else is refused (OpenSSH, PROTOCOL.sshsig). */
export const NAMESPACE = 'breakglass-release';

/** Under which name the file of signers lists the maintainer's key. */
export const SIGNER = 'release@breakglass';

/** Bytes. Larger files of checksums, signatures or signers are none. */
const TEXT_LIMIT = 1_000_000;

/**
 * Checks a release: checksums, that nothing else lies there, the signature, the bill of materials, and with what somebody
 * built for himself.
 * @param {object} options
 * @param {string} options.folder the release
 * @param {string} options.root a checkout of the sources that the release claims to be made of
 * @param {string | undefined} options.signers an OpenSSH file of allowed signers, from another source than the release
 * @param {string | undefined} options.rebuilt a payload that was built from those sources
 * @returns {Finding[]}
 */
export function verifyRelease({ folder, root, signers, rebuilt }) {
  const listed = readSums(folder);
  if ('says' in listed) return [listed];
  return [
    ...checksums(folder, listed.sums),
    signers === undefined ? unsigned() : signature(folder, signers),
    billOfMaterials(folder, root),
    rebuilt === undefined
      ? notChecked('rebuilt', 'build the payload yourself and give its folder with --rebuilt to compare it')
      : sameBytes(listed.sums, rebuilt),
  ];
}

/**
 * @param {string} folder
 * @returns {{ sums: Map<string, string> } | Finding}
 */
function readSums(folder) {
  const text = readText(join(folder, SUMS));
  if (text === undefined) return failed('checksums', `there is no ${SUMS} in ${folder}`);
  /** @type {Map<string, string>} */
  const sums = new Map();
  for (const line of text.split('\n').slice(0, -1)) {
    const [, hash, file] = /^([0-9a-f]{64}) [ *]([A-Za-z0-9._+ /-]+)$/.exec(line) ?? [];
    if (hash === undefined || file === undefined || file.split('/').some((part) => /^\.*$/.test(part)))
      return failed(
        'checksums',
        `${SUMS} has a line that is no checksum: ${JSON.stringify(line.slice(0, 100))}`,
      );
    if (sums.has(file)) return failed('checksums', `${SUMS} names ${file} twice`);
    sums.set(file, hash);
  }
  if (sums.size === 0 || !text.endsWith('\n')) return failed('checksums', `${SUMS} is empty or cut off`);
  return { sums };
}

/**
 * @param {string} folder
 * @param {ReadonlyMap<string, string>} sums
 * @returns {Finding[]}
 */
function checksums(folder, sums) {
  const wrong = [...sums]
    .map(([file, hash]) => {
      const path = join(folder, file);
      if (!existsSync(path)) return `${file} is missing`;
      if (!lstatSync(path).isFile()) return `${file} is no ordinary file`;
      return sha256Of(path) === hash ? undefined : `${file} is not the file that was released`;
    })
    .filter((it) => it !== undefined);
  const extra = listFiles(folder).filter((file) => ![SUMS, SIGNATURE].includes(file) && !sums.has(file));
  return [
    wrong.length === 0
      ? ok('checksums', `${sums.size} files are as listed`)
      : failed('checksums', wrong.join('; ')),
    extra.length === 0
      ? ok('nothing else', 'no file lies there that is not listed')
      : failed('nothing else', `not listed, so from somebody else: ${extra.join(', ')}`),
  ];
}

/** @returns {Finding} */
function unsigned() {
  return failed(
    'signature',
    'who made the list of checksums is not known: give the maintainer’s key with --signers, or --unsigned for what you built yourself',
  );
}

/**
 * @param {string} folder
 * @param {string} signers
 * @returns {Finding}
 */
function signature(folder, signers) {
  const signed = join(folder, SIGNATURE);
  if (readText(signers) === undefined)
    return failed('signature', `the file of signers can't be read: ${signers}`);
  if (readText(signed) === undefined) return failed('signature', `there is no ${SIGNATURE} in ${folder}`);
  const { status, error } = spawnSync(
    'ssh-keygen',
    ['-Y', 'verify', '-f', signers, '-I', SIGNER, '-n', NAMESPACE, '-s', signed],
    { input: readFileSync(join(folder, SUMS)), stdio: ['pipe', 'ignore', 'ignore'] },
  );
  if (error !== undefined)
    return failed('signature', 'ssh-keygen was not found: install OpenSSH 8.1 or later and try again');
  return status === 0
    ? ok('signature', `the checksums are signed by ${SIGNER} of ${signers}`)
    : failed('signature', `not signed by ${SIGNER} of ${signers}: do not use this release`);
}

/**
 * @param {string} folder
 * @param {string} root
 * @returns {Finding}
 */
function billOfMaterials(folder, root) {
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
    `not that of this checkout (${differing.slice(0, 10).join(', ') || 'same packages, other details'}): check out the release's tag`,
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
 * @param {ReadonlyMap<string, string>} sums
 * @param {string} rebuilt
 * @returns {Finding}
 */
function sameBytes(sums, rebuilt) {
  const own = readSums(rebuilt);
  if ('says' in own) return failed('rebuilt', own.says);
  const files = [...own.sums.keys()].filter((file) => file !== 'build-info.json');
  const differing = files.filter((file) => sums.get(file) !== sha256Of(join(rebuilt, file)));
  return differing.length === 0
    ? ok('rebuilt', `${files.join(', ')}: the same bytes`)
    : failed(
        'rebuilt',
        `other bytes than yours: ${differing.join(', ')} (compare Node and npm in build-info.json)`,
      );
}

/** @param {string} file */
function readText(file) {
  if (!existsSync(file) || !lstatSync(file).isFile() || lstatSync(file).size > TEXT_LIMIT) return undefined;
  return readFileSync(file, 'utf8');
}

/**
 * @param {string} check
 * @param {string} says
 * @returns {Finding}
 */
const ok = (check, says) => ({ outcome: 'ok', check, says });
/**
 * @param {string} check
 * @param {string} says
 * @returns {Finding}
 */
const failed = (check, says) => ({ outcome: 'failed', check, says });
/**
 * @param {string} check
 * @param {string} says
 * @returns {Finding}
 */
const notChecked = (check, says) => ({ outcome: 'not checked', check, says });
