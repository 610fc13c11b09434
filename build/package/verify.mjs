import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

import { readSums, readText, sha256Of, SIGNATURE, SUMS } from './checksums.mjs';
import { failed, listed, notChecked, ok } from './finding.mjs';
import { listFiles } from './list-files.mjs';
import { billOfMaterials, builtFrom, sameBytes } from './verify-sources.mjs';

/** What a signature of a release is for; one that was made for anything else is refused (OpenSSH, PROTOCOL.sshsig). */
export const NAMESPACE = 'breakglass-release';

/** Under which name the file of signers lists the maintainer's key. */
export const SIGNER = 'release@breakglass';

/**
 * Checks a release: checksums, that nothing else lies there, the signature, the sources that it names, the bill of
 * materials, and with what somebody built for himself.
 * @param {object} options
 * @param {string} options.folder the release
 * @param {string} options.root a checkout of the sources that the release claims to be made of
 * @param {string | undefined} options.signers an OpenSSH file of allowed signers, from another source than the release
 * @param {string | undefined} options.rebuilt a payload that was built from those sources
 * @returns {import('./finding.mjs').Finding[]} in which any text may come from the release
 */
export function verifyRelease({ folder, root, signers, rebuilt }) {
  const sums = readSums(folder);
  if (typeof sums === 'string') return [failed('checksums', sums)];
  return [
    ...checksums(folder, sums),
    signers === undefined ? unsigned() : signature(folder, signers),
    builtFrom(folder, root),
    billOfMaterials(folder, root),
    rebuiltAs({ folder, root, sums, rebuilt }),
  ];
}

/**
 * @param {string} folder
 * @param {ReadonlyMap<string, string>} sums
 * @returns {import('./finding.mjs').Finding[]}
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
      : failed('checksums', listed(wrong)),
    extra.length === 0
      ? ok('nothing else', 'no file lies there that is not listed')
      : failed('nothing else', `not listed, so from somebody else: ${listed(extra)}`),
  ];
}

/** @returns {import('./finding.mjs').Finding} */
function unsigned() {
  return failed(
    'signature',
    'who made the list of checksums is not known: give the maintainer’s key with --signers, or --unsigned for what you built yourself',
  );
}

/**
 * @param {string} folder
 * @param {string} signers
 * @returns {import('./finding.mjs').Finding}
 */
function signature(folder, signers) {
  const signed = join(folder, SIGNATURE);
  if (readText(signers) === undefined)
    return failed('signature', `the file of signers can't be read: ${signers}`);
  if (isInside(signers, folder))
    return failed('signature', 'the file of signers lies in the release itself, so it proves nothing');
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
 * @param {object} options
 * @param {string} options.folder
 * @param {string} options.root
 * @param {ReadonlyMap<string, string>} options.sums
 * @param {string | undefined} options.rebuilt
 * @returns {import('./finding.mjs').Finding}
 */
function rebuiltAs({ folder, root, sums, rebuilt }) {
  if (rebuilt === undefined)
    return notChecked(
      'rebuilt',
      'build the payload yourself and give its folder with --rebuilt to compare it',
    );
  return existsSync(rebuilt) && isInside(rebuilt, folder)
    ? failed('rebuilt', 'that is the release itself, and not what you built')
    : sameBytes(sums, rebuilt, root);
}

/**
 * @param {string} path that exists
 * @param {string} folder
 */
function isInside(path, folder) {
  return `${realpathSync(path)}${sep}`.startsWith(`${realpathSync(folder)}${sep}`);
}
