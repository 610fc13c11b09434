#!/usr/bin/env node
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { printable } from './finding.mjs';
import { verifyRelease } from './verify.mjs';

/**
 * `npm run release:verify -- DIR --signers FILE [--rebuilt DIR]`: says of each part of a release whether it is what the
 * maintainer made of these sources. Ends with 0 when every check passed, 1 when one failed, 2 when it was called wrongly.
 * docs/install-air-gapped.md says when and where to run it.
 */

const USAGE = `Usage: npm run -s release:verify -- DIR --signers FILE [--rebuilt DIR]
       npm run -s release:verify -- DIR --unsigned    for what you built yourself
`;
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

process.exitCode = main();

function main() {
  const given = readArguments();
  if (typeof given === 'string') {
    process.stderr.write(`release:verify: ${printable(given)}\n${USAGE}`);
    return 2;
  }
  const { folder, signers, rebuilt, isUnsigned } = given;
  const findings = verifyRelease({ folder, root, signers, rebuilt }).map((finding) =>
    isUnsigned && finding.check === 'signature'
      ? { ...finding, outcome: /** @type {const} */ ('not checked'), says: 'left out, as you asked' }
      : finding,
  );
  for (const { outcome, check, says } of findings)
    process.stdout.write(`${outcome.toUpperCase().padEnd(11)}  ${check.padEnd(17)}  ${printable(says)}\n`);
  const isGood = findings.every(({ outcome }) => outcome !== 'failed');
  process.stdout.write(
    isGood ? 'Every check that was made passed.\n' : 'DO NOT USE IT: see what failed above.\n',
  );
  return isGood ? 0 : 1;
}

/** @returns {string | { folder: string, signers: string | undefined, rebuilt: string | undefined, isUnsigned: boolean }} */
function readArguments() {
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { signers: { type: 'string' }, rebuilt: { type: 'string' }, unsigned: { type: 'boolean' } },
    });
  } catch (error) {
    return error instanceof Error ? error.message : 'the options are wrong';
  }
  const { positionals, values } = parsed;
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) return 'name one folder';
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return `there is no folder ${folder}`;
  const isUnsigned = values.unsigned === true;
  if (isUnsigned && values.signers !== undefined) return 'give --signers or --unsigned, not both';
  return {
    folder: resolve(folder),
    signers: values.signers === undefined ? undefined : resolve(values.signers),
    rebuilt: values.rebuilt === undefined ? undefined : resolve(values.rebuilt),
    isUnsigned,
  };
}
