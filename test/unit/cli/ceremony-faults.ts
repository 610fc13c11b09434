import type { ErrorDetails } from '../../../shared/recovery-error.ts';

const file = '/media/usb/ceremony/recovery-public-key.der';
const keyFile = '/media/usb/ceremony/recovery-private-key.pke1';

/** What the codes of ceremonies carry where they are thrown. */
export const TYPICAL_CEREMONY_FAULTS = {
  'dice.malformed': [{ roll: 37, line: 2, column: 5 }],
  'dice.count': [{ count: 12, minimum: 50, maximum: 1000 }],
  'ceremony.test-failed': ['new pair', 'other key', 'does not decrypt', 'decrypts differently'].map(
    (reason) => ({ reason, file: keyFile }),
  ),
  'public-key-file.refused': [
    { file, reason: 'pem' },
    { file, reason: 'private key' },
    { file, reason: 'small', bits: 2048, minimum: 4096 },
    { file, reason: 'odd hex' },
    { file, reason: 'not hex', offset: 17 },
    { file, reason: 'truncated' },
    { file, reason: 'trailing bytes', extra: 3 },
    { file, reason: 'form', form: 'base64 text', wanted: 'DER or hex text' },
    { file, reason: 'structure' },
    { file, reason: 'exponent' },
    { file, reason: 'other algorithm', algorithm: 'EC' },
    { file, reason: 'not understood', looksLike: 'a recovery kit' },
  ],
  'custodian-share.counts': [{ needed: 4, of: 3, maximum: 16 }],
  'custodian-share.secret-size': [
    { bytes: 0, maximum: 16_384 },
    { bytes: 20_000, maximum: 16_384 },
  ],
  'custodian-share.mistyped': [{ file, line: 2, group: 3 }, { line: 2 }],
  'custodian-share.malformed': [
    { file, reason: 'not a share' },
    { file, reason: 'line missing', line: 3 },
    { file, reason: 'line twice', line: 3 },
    { file, reason: 'line malformed', line: 3 },
    { file, reason: 'character', line: 3, group: 2 },
    { file, reason: 'version' },
    { file, reason: 'checksum' },
    { file, reason: 'header' },
  ],
  'custodian-share.too-few': [{ given: 1, needed: 3 }],
  'custodian-share.duplicate': [{ index: 2 }],
  'custodian-share.other-set': [{ set: 'QPZR-Y9X8', otherSet: 'GF2T-VDW0' }],
  'custodian-share.do-not-combine': [],
  'ceremony.people': [
    { reason: 'no name' },
    { reason: 'same name', name: 'Ann' },
    { reason: 'operator' },
    { reason: 'no witness' },
    { reason: 'count' },
  ],
  'ceremony.name': [{ expected: 'Bob Witness' }],
  'ceremony.folder': [
    { folder: '/media/usb', reason: 'not empty' },
    { folder: '/media/usb/file', reason: 'not a folder' },
  ],
} as const satisfies Readonly<Record<string, readonly ErrorDetails[]>>;
