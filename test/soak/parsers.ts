import { CHANNELS } from '../../shared/contract.ts';
import { EXPORT_FORMAT_NAMES, EXPORT_FORMATS, isClearFormat } from '../../shared/export-format.ts';
import { parsePath } from '../../electron/engine/derive/path.ts';
import { openAge } from '../../electron/engine/encode/age-file.ts';
import { decodeKey, encodeKey } from '../../electron/engine/encode/codecs.ts';
import { needsKeyPassword, readWalletKey, walletKeyFormat } from '../../electron/engine/encode/wallet-key.ts';
import { readKitFile } from '../../electron/engine/kit/kit-file.ts';
import { decryptPkcs8 } from '../../electron/engine/rsa/pbes2.ts';
import { describeKeyFile } from '../../electron/engine/rsa/describe-key-file.ts';
import { readRsaPrivateKey } from '../../electron/engine/rsa/private-key.ts';
import { parseRsaPublicKey } from '../../electron/engine/rsa/public-key.ts';
import { readAnswer } from '../../electron/hsm/protocol/answers.ts';
import { readRequest } from '../../electron/hsm/protocol/requests.ts';
import { parsePkcs11Uri } from '../../electron/hsm/uri.ts';
import { judgeFiles } from '../../electron/proof-pool/judge-files.ts';
import { parseRegister, writeRegisterJson } from '../../electron/record/register.ts';
import { parseRequest } from '../../electron/shell/requests.ts';
import { parseRevealRequest } from '../../electron/shell/reveal-calls.ts';
import { LABEL, makeBackup, makeVersion1, toErsJson } from '../fixtures/backups.ts';
import { GOOD_ANSWERS, GOOD_BRIDGE_REQUESTS } from '../fixtures/hsm/messages.ts';
import { KEY_ID, makeKit, QUORUM_ID } from '../fixtures/kits.ts';
import { GOOD_REQUESTS, GOOD_REVEAL_REQUESTS } from '../fixtures/requests.ts';
import { makeRsaKey } from '../fixtures/rsa.ts';
import { systemRandom } from '../random.ts';
import { base64Text, hexText, makeKeyPair, pem, utf8 } from '../unit/engine/rsa/fixtures.ts';
import { sampleKey } from '../unit/engine/encode/sample-key.ts';
import { CEREMONY_PARSERS } from './ceremony-parsers.ts';
import type { Dice } from './dice.ts';
import { RECORD_PARSERS } from './record-parsers.ts';
import { hostileAge, hostileKeystore } from './sealed-inputs.ts';
import {
  DERIVING_MS,
  ofBytes,
  ofMade,
  ofTexts,
  ofValues,
  PASSWORD,
  withPasswordOf,
  type SoakParser,
} from './soak-parser.ts';

/** Every parser, and every channel that a page can call on. */
export const PARSERS: readonly SoakParser[] = [
  ofBytes('kit file', readKitFile, kitFiles),
  // Every check of what was read: points, proofs, openings.
  { ...ofBytes('kit file, verified', verified, kitFiles), limitMs: DERIVING_MS },
  ofBytes('register', parseRegister, () => [
    utf8(`key_id,quorum_id,key_algorithm,address\n${KEY_ID},${QUORUM_ID},SECP256K1,0xabc\n`),
    utf8(`key_id,quorum_id,key_algorithm,address\r\n"${KEY_ID}","${QUORUM_ID}",ED25519,\r\n`),
    writeRegisterJson(
      parseRegister(utf8(`key_id,quorum_id,key_algorithm,address\n${KEY_ID},${QUORUM_ID},ED25519,\n`)),
    ),
  ]),
  ofBytes('RSA private key', (content) => readRsaPrivateKey(content), rsaPrivateFiles),
  {
    ...ofBytes('encrypted PKCS#8', withPasswordOf(decryptPkcs8), () => {
      const cipher = { cipher: 'aes-256-cbc', passphrase: PASSWORD } as const;
      const { privateKey } = makeKeyPair(1024);
      return [new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der', ...cipher }))];
    }),
    limitMs: DERIVING_MS,
  },
  ofBytes('RSA public key', parseRsaPublicKey, () => {
    const { spki, pkcs1Public } = makeKeyPair(1024);
    return [spki, pkcs1Public, utf8(hexText(spki)), utf8(pem('PUBLIC KEY', spki))];
  }),
  ofBytes('what a key file is', describeKeyFile, rsaPrivateFiles),
  ofBytes('wallet key in the clear', readClearKey, async () => {
    const ports = { password: undefined, randomBytes: systemRandom };
    const pairs = EXPORT_FORMAT_NAMES.filter(isClearFormat).flatMap((format) =>
      EXPORT_FORMATS[format].curves.map((curve) => encodeKey(format, sampleKey(curve), ports)),
    );
    return (await Promise.all(pairs)).map((text) => text.use((bytes) => Uint8Array.from(bytes)));
  }),
  ofMade('age file', withPasswordOf(openAge), hostileAgeKey, DERIVING_MS),
  ofMade(
    'key in an age file',
    withPasswordOf((content, each) => decodeKey('age', content, each)),
    hostileAgeKey,
    DERIVING_MS,
  ),
  ofMade(
    'keystore',
    withPasswordOf((content, each) => decodeKey('keystore-v3', content, each)),
    (dice) => hostileKeystore(PASSWORD, dice),
    DERIVING_MS,
  ),
  ...RECORD_PARSERS,
  ...CEREMONY_PARSERS,
  ofTexts('PKCS#11 URI', parsePkcs11Uri, [
    'pkcs11:token=My%20token;object=key;type=private?module-path=/usr/lib/x.so&pin-source=file:/x',
    'pkcs11:id=%01%02;serial=1',
  ]),
  ofTexts('derivation path', parsePath, ['m/44/60/0/0/0', '0', 'm']),
  ofValues('HSM request', readRequest, GOOD_BRIDGE_REQUESTS),
  ofValues('HSM answer', readAnswer, GOOD_ANSWERS),
  ofValues('reveal call', parseRevealRequest, GOOD_REVEAL_REQUESTS),
  ...CHANNELS.map((channel) =>
    ofValues(`ipc ${channel}`, (value) => parseRequest(channel, value), GOOD_REQUESTS[channel]),
  ),
];

function hostileAgeKey(dice: Dice): Promise<Uint8Array> {
  return hostileAge(utf8(`${'46'.repeat(32)}\n`), PASSWORD, dice);
}

function rsaPrivateFiles(): readonly Uint8Array[] {
  const { pkcs8, pkcs1 } = makeKeyPair(1024);
  return [
    pkcs8,
    pkcs1,
    utf8(hexText(pkcs8)),
    utf8(base64Text(pkcs1, 64)),
    utf8(pem('RSA PRIVATE KEY', pkcs1)),
  ];
}

function readClearKey(content: Uint8Array): unknown {
  const format = walletKeyFormat(content);
  return format === undefined || needsKeyPassword(format)
    ? undefined
    : readWalletKey(format, content, undefined);
}

function kitFiles(): readonly Uint8Array[] {
  const key = makeRsaKey();
  const kits = [makeKit(key).file, makeKit(key, 'ED25519').file];
  const ers = [makeBackup({ key }), makeBackup({ key, version: '2', curve: 'P-256', label: LABEL })];
  return [
    ...kits,
    ...ers.map(({ backup }) => utf8(JSON.stringify(toErsJson(backup)))),
    utf8(JSON.stringify(makeVersion1({ key }).json)),
  ];
}

function verified(content: Uint8Array): unknown {
  const file = { file: 'recovery_shard-0.txt', keyId: KEY_ID, mustBeKit: true, content };
  const row = { keyId: KEY_ID, quorumId: QUORUM_ID, keyAlgorithm: 'SECP256K1', addresses: [] } as const;
  return judgeFiles([file], [row], systemRandom);
}
