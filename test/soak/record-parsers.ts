import { parseRecord } from '../../electron/record/parse-record.ts';
import { verifyRecord } from '../../electron/record/verify-record.ts';
import { parseHeadWords, headWords } from '../../electron/engine/words/head-words.ts';
import {
  readSigningKey,
  signFile,
  signingKeyNeedsPassword,
} from '../../electron/engine/signature/signing-key.ts';
import { publicKeyOf } from '../../electron/engine/signature/ed25519.ts';
import { sshPublicKeyLine } from '../../electron/engine/signature/ssh-public-key.ts';
import { parseTrustedKeys } from '../../electron/engine/signature/trusted-keys.ts';
import { verifySignature } from '../../electron/engine/signature/verify-signature.ts';
import { readKeptRow } from '../../electron/session/bucket/kept-row.ts';
import { fullRecorder, SHA } from '../fixtures/records.ts';
import { utf8 } from '../unit/engine/rsa/fixtures.ts';
import { cheapMinisignKey, cheapSshKey, minisignPublicFile } from './cheap-signing-keys.ts';
import { hostileRecord } from './sealed-records.ts';
import {
  DERIVING_MS,
  ofBytes,
  ofMade,
  ofTexts,
  ofValues,
  PASSWORD,
  READING_MS,
  withPasswordOf,
  type SoakParser,
} from './soak-parser.ts';

const RECORD = fullRecorder().file();

/** What a record, its signatures and the keys for them are read by. */
export const RECORD_PARSERS: readonly SoakParser[] = [
  {
    name: 'session record',
    parse: parseRecord,
    limitMs: READING_MS,
    prepare: () => {
      parseRecord(RECORD);
      return Promise.resolve((dice) => hostileRecord(RECORD, dice));
    },
  },
  ofMade(
    'session record, verified',
    (content: Uint8Array) => verifyRecord(content, {}),
    (dice) => hostileRecord(RECORD, dice),
  ),
  ofBytes('record signature', (content) => verifySignature(RECORD, content, []), signatures),
  ofBytes('trusted keys', parseTrustedKeys, async () => {
    const { seed } = await readSigningKey(cheapSshKey(undefined), undefined);
    const line = sshPublicKeyLine(publicKeyOf(seed), 'ada');
    return [
      utf8(`${line}\n`),
      utf8(`# who may sign\nada@example.org namespaces="breakglass-record@v1" ${line}\n`),
      minisignPublicFile(),
    ];
  }),
  ofBytes(
    'signing key',
    (content) => readSigningKey(content, undefined),
    () => [cheapSshKey(undefined), cheapMinisignKey(undefined)],
  ),
  {
    ...ofBytes('signing key with a password', withPasswordOf(readSigningKey), () => [
      cheapSshKey(utf8(PASSWORD)),
      cheapMinisignKey(utf8(PASSWORD)),
    ]),
    limitMs: DERIVING_MS,
  },
  ofBytes('whether a signing key is locked', signingKeyNeedsPassword, () => [
    cheapSshKey(undefined),
    cheapMinisignKey(utf8(PASSWORD)),
  ]),
  ofTexts('head words', parseHeadWords, [headWords(SHA).join(' '), headWords(SHA).join('\n').toUpperCase()]),
  ofValues('row of a bucket state', (value) => readKeptRow(value as never), [
    {
      ...{
        keyId: '4fe5e0f0-47a9-42c8-8e8a-f3407dc51bdf',
        keyAlgorithm: 'SECP256K1',
        files: ['a/recovery_shard-0.txt'],
      },
      ...{ verdict: 'invalid', code: 'ers.malformed', details: { field: 'x' }, comparison: 'not-compared' },
      warnings: [],
    },
  ]),
];

async function signatures(): Promise<readonly Uint8Array[]> {
  const files = [cheapSshKey(undefined), cheapMinisignKey(undefined)];
  const keys = await Promise.all(files.map((file) => readSigningKey(file, undefined)));
  return keys.map((key) => signFile(RECORD, key, 'a.record.json'));
}
