import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { parseRsaPublicKey } from '../../electron/engine/rsa/public-key.ts';
import { verifyRecord } from '../../electron/record/verify-record.ts';
import { KEY_ID, makeKit, QUORUM_ID } from '../fixtures/kits.ts';
import { makeRsaKey } from '../fixtures/rsa.ts';
import { cheapKeystore } from '../fixtures/cheap-keystore.ts';

/** A command to be killed at random. */
export interface KilledCommand {
  readonly name: string;
  readonly args: readonly string[];
  /** The files that it makes, and what says of each whether it is whole; a state file may end anywhere. */
  readonly outputs: readonly KilledOutput[];
}

export interface KilledOutput {
  readonly file: RegExp;
  /** @param undisturbed the same file of a run that nobody killed; empty where its name is another each time */
  readonly isWhole: (content: Buffer, undisturbed: Buffer) => boolean;
  /** What is made to hold a secret in the clear, as asked. */
  readonly holdsSecret?: true;
}

const PASSWORD = 'a password that nobody else has';
const BACKUP = ['--recovery-kit-file', `bucket/${KEY_ID}`, '--quorum-id', QUORUM_ID, '--json'];
const RECOVER = ['recover', ...BACKUP, '--private-key-file', 'key/recovery.der'];
const WITH_PASSWORD = ['--password-file', 'password'];
const RECORD = ['--record', 'record.json', '--person', 'Ada, operator'];

const sameSize = (content: Buffer, undisturbed: Buffer): boolean => content.length === undisturbed.length;
/** Sealed, so that one cut short is told by its length; the key's numbers can make some bytes of difference. */
const nearSize = (content: Buffer, undisturbed: Buffer): boolean =>
  Math.abs(content.length - undisturbed.length) < 200;
const isAnything = (): boolean => true;
const readsAs =
  (work: (content: Uint8Array) => unknown) =>
  (content: Buffer): boolean => {
    try {
      work(content);
      return true;
    } catch {
      return false;
    }
  };

/** A record is whole where it verifies: how long each of its hashes and durations is says nothing. */
const THE_RECORD: KilledOutput = {
  file: /^record\.json$/,
  isWhole: (content) => verifyRecord(content, {}).sound,
};
const KEY_IN_THE_CLEAR: KilledOutput = { file: /^out$/, isWhole: sameSize, holdsSecret: true };

/** What is killed. A command that writes comes here, unless it writes by the same functions as another. */
export const KILLED_COMMANDS: readonly KilledCommand[] = [
  {
    name: 'recover, hex',
    args: [...RECOVER, '--output-file', 'out', '--encrypt-output=false'],
    outputs: [KEY_IN_THE_CLEAR],
  },
  {
    name: 'recover, PKE1',
    args: [...RECOVER, '--output-file', 'out', ...WITH_PASSWORD],
    outputs: [{ file: /^out$/, isWhole: sameSize }],
  },
  {
    name: 'recover, hex and record',
    args: [...RECOVER, '--output-file', 'out', '--encrypt-output=false', ...RECORD],
    outputs: [KEY_IN_THE_CLEAR, THE_RECORD],
  },
  { name: 'drill', args: ['drill', '--json'], outputs: [] },
  { name: 'drill and record', args: ['drill', '--json', ...RECORD], outputs: [THE_RECORD] },
  {
    name: 'bucket recover-check, record',
    args: [
      ...['bucket', 'recover-check', 'bucket', '--register', 'register.csv', '--json'],
      ...['--private-key-file', 'key/recovery.der', '--state', 'run.state', ...RECORD],
    ],
    // Its state goes on from wherever it ended, and is looked at by the tests of the bucket.
    outputs: [THE_RECORD, { file: /^run\.state(\.lock)?$/, isWhole: isAnything }],
  },
  {
    name: 'ceremony generate, record',
    args: [
      ...['ceremony', 'generate', '--output-folder', 'new', '--bits', '2048', '--json'],
      ...[...WITH_PASSWORD, ...RECORD],
    ],
    outputs: [
      { file: /^new\/recovery-private-key\.pke1$/, isWhole: nearSize },
      { file: /^new\/recovery-public-key\.(der|hex|b64)$/, isWhole: readsAs(parseRsaPublicKey) },
      THE_RECORD,
    ],
  },
  {
    name: 'shares split, record',
    args: [
      ...['shares', 'split', '--needed', '2', '--of', '3', '--output-folder', 'new', '--json'],
      ...['--private-key-file', 'key/locked.pem', ...WITH_PASSWORD, ...RECORD],
    ],
    outputs: [
      {
        file: /^new\/custodian-share-[^/]+\.html$/,
        isWhole: (content) => content.toString().endsWith('</html>\n'),
      },
      THE_RECORD,
    ],
  },
  {
    name: 'decrypt',
    args: ['decrypt', '--input-file', 'key/keystore.json', '--output-file', 'out', ...WITH_PASSWORD],
    outputs: [KEY_IN_THE_CLEAR],
  },
  {
    name: 'record new-key',
    args: ['record', 'new-key', '--key', 'new/signing', ...WITH_PASSWORD],
    outputs: [{ file: /^new\/signing(\.pub)?$/, isWhole: sameSize }],
  },
];

/** How any RSA private key of 2048 bits begins, after its length: PKCS#1 with its modulus, and PKCS#8. RFC 8017 A.1.2, RFC 5208 5. */
const RSA_KEY_BEGINNINGS = ['02010002820101', '020100300d06092a864886f70d0101010500'];
/** The same in base64, whose letters depend on the place; these are those after a length of four bytes. */
const RSA_KEY_BEGINNINGS_BASE64 = ['IBAAKCAQ', 'IBADANBgkqhkiG9w0BAQEF'];

/** Lays out a bucket, keys and a password. @returns every form in which a secret could lie about, and how the key of a ceremony or drill would begin */
export function layOut(folder: string): readonly Buffer[] {
  const key = makeRsaKey(2048);
  const { file, secrets } = makeKit(key);
  for (const name of [`bucket/${KEY_ID}`, 'key', 'tmp', 'new'])
    mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, 'bucket', KEY_ID, 'recovery_shard-0.txt'), file);
  writeFileSync(join(folder, 'key/recovery.der'), key.keyObject.export({ type: 'pkcs1', format: 'der' }));
  writeFileSync(
    join(folder, 'key/locked.pem'),
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
      ...{ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: PASSWORD },
    }),
  );
  const walletKey = Buffer.alloc(32, 0x46);
  writeFileSync(join(folder, 'key/keystore.json'), cheapKeystore(Buffer.from(PASSWORD), walletKey));
  writeFileSync(join(folder, 'password'), PASSWORD);
  const row = `${KEY_ID},${QUORUM_ID},SECP256K1,`;
  writeFileSync(join(folder, 'register.csv'), `key_id,quorum_id,key_algorithm,address\n${row}\n`);
  const { masterPrivateKey, masterChainCode } = secrets;
  const forms = (bytes: Uint8Array): Buffer[] => [
    Buffer.from(bytes),
    Buffer.from(Buffer.from(bytes).toString('hex')),
    Buffer.from(Buffer.from(bytes).toString('base64')),
  ];
  return [
    ...[masterPrivateKey, masterChainCode, walletKey].flatMap(forms),
    ...RSA_KEY_BEGINNINGS.flatMap((hex) => [Buffer.from(hex, 'hex'), Buffer.from(hex)]),
    ...[...RSA_KEY_BEGINNINGS_BASE64, PASSWORD].map((text) => Buffer.from(text)),
  ];
}
