import {
  copyFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import { makeRecoveryKeyPair, type RecoveryKeyPair } from '../../../electron/engine/rsa/recovery-key-pair.ts';
import {
  keyPairFilesIn,
  writeKeyPairFiles,
  type KeyPairFiles,
} from '../../../electron/files/key-pair-files.ts';
import { testDecryption } from '../../../electron/files/test-decryption.ts';
import { makeFolder } from '../../fixtures/folders.ts';
import { systemRandom } from '../../random.ts';
import { faultOf } from '../engine/rsa/fixtures.ts';

const password = new SecretBytes(Buffer.from('a long passphrase'));
const randomBytes = systemRandom;
let folder = '';
let pair: RecoveryKeyPair;
/** The files of the pair as they were written: each test has a copy, since to write them takes seconds. */
let written = '';

beforeAll(async () => {
  written = mkdtempSync(join(tmpdir(), 'breakglass-pair-'));
  pair = await makeRecoveryKeyPair({ bits: 2048, randomBytes });
  await writeKeyPairFiles(keyPairFilesIn(written), pair, { password, randomBytes });
});
beforeEach(() => {
  folder = makeFolder();
});
afterAll(() => {
  rmSync(written, { recursive: true });
});

function copyOfFiles(): KeyPairFiles {
  const files = keyPairFilesIn(folder);
  cpSync(written, folder, { recursive: true });
  return files;
}
const test = ({ privateKeyFile, publicKeyFiles }: KeyPairFiles): ReturnType<typeof testDecryption> =>
  testDecryption({ privateKeyFile, publicKeyFiles: Object.values(publicKeyFiles), password, randomBytes });

describe('writeKeyPairFiles', () => {
  it('writes four files of one key, which only the owner reads, and which pass the test', async () => {
    expect(readdirSync(written).sort()).toEqual([
      'recovery-private-key.pke1',
      'recovery-public-key.b64',
      'recovery-public-key.der',
      'recovery-public-key.hex',
    ]);
    for (const name of readdirSync(written)) expect(statSync(join(written, name)).mode & 0o777).toBe(0o600);
    expect((await test(copyOfFiles())).fingerprintHex).toBe(pair.publicKey.fingerprintHex);
  });

  it('overwrites nothing', async () => {
    writeFileSync(join(folder, 'recovery-public-key.hex'), 'mine');
    expect((await faultOf(() => Promise.resolve(keyPairFilesIn(folder)))).code).toBe('guard.output-exists');
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('leaves none of the files when one can not be written', async () => {
    const files = keyPairFilesIn(folder);
    writeFileSync(files.privateKeyFile, 'came in between');
    const fault = await faultOf(() => writeKeyPairFiles(files, pair, { password, randomBytes }));
    expect(fault.code).toBe('guard.output-exists');
    expect(readdirSync(folder)).toEqual(['recovery-private-key.pke1']);
    expect(readFileSync(files.privateKeyFile, 'utf8')).toBe('came in between');
  });

  it('gives what removes each file, for an interruption', async () => {
    const removers: (() => void)[] = [];
    const files = keyPairFilesIn(folder);
    await writeKeyPairFiles(files, pair, {
      password,
      randomBytes,
      onCreated: (remove) => removers.push(remove),
    });
    for (const remove of removers) remove();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('testDecryption', () => {
  it('tells a public key file of another pair', async () => {
    const files = copyOfFiles();
    const other = await makeRecoveryKeyPair({ bits: 2048, randomBytes });
    writeFileSync(files.publicKeyFiles.hex, Buffer.from(other.spkiDer).toString('hex'));
    expect(await faultOf(() => test(files))).toEqual({
      code: 'ceremony.test-failed',
      details: { reason: 'other key', file: files.publicKeyFiles.hex },
    });
  });

  it('tells a private key file that the password does not open', async () => {
    const files = copyOfFiles();
    const content = readFileSync(files.privateKeyFile);
    content[100] = (content[100] ?? 0) ^ 1;
    writeFileSync(files.privateKeyFile, content);
    expect(await faultOf(() => test(files))).toMatchObject({
      code: 'password.wrong',
      details: { file: files.privateKeyFile },
    });
  });

  it('tells a public key file in place of the private one', async () => {
    const files = copyOfFiles();
    copyFileSync(files.publicKeyFiles.der, files.privateKeyFile);
    expect((await faultOf(() => test(files))).code).toBe('rsa-key.public-given');
  });
});
