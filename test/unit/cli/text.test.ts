import { describe, expect, it } from 'vitest';
import { CHECK_NAMES, OUTCOME_WORDS } from '../../../electron/cli/text/checks.ts';
import { sentenceOf } from '../../../electron/cli/text/faults.ts';
import { warningSentence } from '../../../electron/cli/text/warnings.ts';
import { BACKUP_CHECKS, PLAYER_CHECKS } from '../../../shared/checks.ts';
import { ERROR_CODES, type ErrorCode } from '../../../shared/error-codes.ts';
import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import type { WarningCode } from '../../../shared/warning.ts';
import { TYPICAL_RECORD_FAULTS } from '../../fixtures/record-faults.ts';
import { TYPICAL_CEREMONY_FAULTS } from './ceremony-faults.ts';

const MAX_CHARACTERS = 400;
const KEY_ID = '0b5f8c1e-1f6d-4a52-9a0e-3c1d6f0f9a11';
const QUORUM_ID = '7d2c9e40-55aa-4c1b-8b1f-2f6f5f1c0d22';
const file = `/media/usb/bucket/${KEY_ID}/recovery_shard-0.txt`;
const otherFile = `/media/usb/bucket/${KEY_ID}/recovery_shard-1.txt`;
const keyFile = '/media/usb/keys/recovery-key.pke1';
const fingerprint = 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26';
const address = '0x52908400098527886E0F7030069857D2E4169EE7';
const module = '/usr/lib/x86_64-linux-gnu/pkcs11/vendor-pkcs11.so';
const listedKey = '(id a1b2c3d4, RSA-4096, d2a84f4b8b650937)';
const part = { player: 1, field: 'vs', index: 17 };

/** What each code carries where it is thrown. */
const TYPICAL: Readonly<Record<ErrorCode, readonly ErrorDetails[]>> = {
  'usage.invalid': [
    { option: '--key-id', reason: 'missing' },
    { option: '--key-type', reason: 'choice', choices: 'SECP256K1, ED25519' },
    { option: '--colour', reason: 'unknown' },
    { option: '--path', reason: 'no value' },
    { option: '--json', reason: 'value' },
    { option: '--path', reason: 'twice' },
    { option: '--path', reason: 'no chain code' },
    { option: '--password-stdin', reason: 'with --password-file' },
    { option: '--no-label', reason: 'another label is given' },
    { option: '--path', reason: 'a reason from another day' },
    { option: '--path' },
    { what: 'RSA key size', bits: 1000 },
    { reason: 'stray argument' },
    { reason: 'no path' },
  ],
  'id.malformed': [{ what: 'quorum id' }],
  'path.malformed': [{ reason: 'hardened' }, { reason: 'too-deep', limit: 50 }, { reason: 'index' }],
  'label.malformed': [{ option: '--label-hex' }],
  'label.missing': [],
  'key-id.missing': [],
  'key-id.not-found': [{ keyId: KEY_ID }],
  'key-id.ambiguous': [{ wallets: 3 }],
  'quorum-id.missing': [{ keyId: KEY_ID }],
  'file.not-found': [{ file, reason: 'ENOENT' }],
  'file.unreadable': [
    { file, reason: 'EACCES' },
    { file, reason: 'not a regular file' },
    { file, reason: 'password not in a regular file' },
    { file, reason: 'EWEIRD' },
    { file, reason: 'unknown' },
  ],
  'file.too-large': [{ file, limit: 2 ** 26 }, { limitBytes: 2 ** 18 }],
  'file.empty': [{ file }],
  'file.write-failed': [
    { file, reason: 'ENOSPC' },
    { file, reason: 'reads back differently' },
  ],
  'folder.no-kits': [{ folder: '/media/usb/bucket' }],
  'folder.too-many-files': [{ folder: '/media/usb', limit: 100_000 }],
  'text.malformed': [
    { file, what: 'the file', encoding: 'base64' },
    { file, what: 'recoveryPublicKeyHex', encoding: 'hex' },
  ],
  'json.malformed': [{ file }],
  'json.truncated': [{ file }],
  'air-gap.sentence': [{}],
  'air-gap.open': [{}],
  'backup.not-verified': [{}],
  'json.too-deep': [{ file, limit: 16 }],
  'json.too-large': [{ file, limit: 1024 }],
  'json.forbidden-key': [{ file, key: '__proto__' }],
  'der.malformed': [{ file, field: 'modulus', reason: 'negative integer' }],
  'der.truncated': [{ file, field: 'key', missingBytes: 1 }],
  'kit.not-understood': [
    { file, looksLike: 'a private key in PEM' },
    { file, looksLike: 'a zip archive: unpack it first' },
    { file, looksLike: 'an error message of the bucket, saved in place of the file' },
    { file, looksLike: 'a register of wallets' },
    { file, looksLike: 'JSON of another kind' },
  ],
  'kit.truncated': [{ file }, { file, what: 'the file', encoding: 'base64' }],
  'kit.malformed': [{ file, field: 'walletRootPublicKeyPkixBase64' }],
  'kit.conflict': [
    { player: 1, file, otherFile },
    { file, otherFile },
  ],
  'kit.other-wallet': [{ keyId: KEY_ID, file, otherFile }],
  'kit.key-algorithm-mismatch': [
    { file, stated: 'SECP256K1', curve: 'ED-25519' },
    { stated: 'SECP256K1', curve: 'ED-25519' },
    { stated: 'SECP256K1', curve: 'P-256' },
  ],
  'ers.malformed': [
    { file, player: 1, field: 'es' },
    { file, field: 'root' },
  ],
  'ers.player-conflict': [{ file, player: 1 }],
  'register.malformed': [
    { file, line: 1, reason: 'empty' },
    { file, line: 1, reason: 'not UTF-8 text' },
    { file, line: 4, column: 2, reason: 'stray quote' },
    { file, line: 4, column: 2, reason: 'open quote' },
    { file, line: 4, column: 'key_id', reason: 'listed twice' },
    { file, line: 1, column: 'quorum_id', reason: 'needed once in the header' },
    { file, line: 4, reason: 'another number of cells than the header' },
    { file, line: 4, column: 'key_algorithm', reason: 'not understood' },
    { file, line: 1, reason: 'too large' },
    { file, line: 4, reason: 'too many columns' },
    { file, line: 200_002, reason: 'too many rows' },
    { file, line: 4, reason: 'a reason from another day' },
  ],
  'rsa-key.not-understood': [
    { file: keyFile, looksLike: 'a recovery kit' },
    { file: keyFile, looksLike: 'a recovered wallet key' },
    { file: keyFile, looksLike: 'random bytes, or an old PKE1 file without its header' },
    { file: keyFile, looksLike: 'a ZIP archive' },
    { file: keyFile, looksLike: 'private key' },
    { file: keyFile, looksLike: 'XML or a web page' },
  ],
  'rsa-key.truncated': [
    { file: keyFile, encoding: 'PEM' },
    { file: keyFile, field: 'key', missingBytes: 120 },
  ],
  'rsa-key.malformed': [
    { file: keyFile, encoding: 'hex', offset: 12 },
    { file: keyFile, field: 'modulus', reason: 'negative integer' },
    { file: keyFile, field: 'RSA key' },
  ],
  'wallet-key.not-understood': [{ file: keyFile }],
  'wallet-key.contradictory': [{ file: keyFile }],
  'wallet-key.other-curve': [{ file: keyFile, found: 'ED-25519', wanted: 'secp256k1' }],
  'proof.parameters-disagree': [{ field: 'aux_data_wrapped_encryption_key', index: 2 }],
  'proof.player-set': [],
  'proof.shape-rejected': [{ player: 1, field: 'es' }, part],
  'proof.encoding-rejected': [
    { player: 1, field: 'public_key', index: 0 },
    { player: 1, field: 'key_share_commitments', index: 2 },
    part,
  ],
  'proof.challenge-rejected': [{ player: 1, field: 'combination', index: 17 }],
  'proof.opening-rejected': [{ player: 1, field: 'es', index: 17 }],
  'proof.value-rejected': [part],
  'proof.sharing-rejected': [{ field: 'key_share_commitments' }],
  'public-key.mismatch': [{ field: 'public_key' }],
  'share.rejected': [{ player: 1 }],
  'recovered-key.mismatch': [],
  'chain-code.unreadable': [{ field: 'master_chain_code' }],
  'address.mismatch': [{ expected: address }],
  'drill.fault-not-found': [{ fault: 'wrong-key' }],
  'label.mismatch': [
    { player: 0, field: 'es', index: 1 },
    { player: 0, field: 'es', index: 1, quorumId: QUORUM_ID, keyId: KEY_ID },
    { quorumId: QUORUM_ID, keyId: KEY_ID },
  ],
  'rsa-key.mismatch': [
    { given: fingerprint, wanted: fingerprint },
    { given: fingerprint, wanted: Array<string>(6).fill(fingerprint).join(', ') },
    part,
  ],
  'rsa-key.public-given': [
    { file: keyFile, looksLike: 'public key' },
    { file: keyFile, looksLike: 'certificate' },
    { file: keyFile, looksLike: 'OpenSSH public key' },
  ],
  'rsa-key.other-algorithm': [{ file: keyFile, algorithm: 'EC' }],
  'password.required': [{ what: keyFile }, { file: keyFile }],
  'password.wrong': [
    { file: keyFile, container: 'PKE1' },
    { file: keyFile, looksLike: 'random bytes, or an old PKE1 file without its header' },
  ],
  'password.too-short': [{ minimumCharacters: 8 }],
  'password.unavailable': [
    { reason: 'no terminal' },
    { reason: 'given up' },
    { reason: 'the two differ' },
    { reason: 'too long' },
  ],
  'decryption.failed': [{ player: 1 }],
  'kit.pdkls23': [{ file }],
  'backup.version-1': [{ player: 0 }],
  'backup.multiplicative': [],
  'backup.unsupported': [
    { file, looksLike: 'a Liminal backup' },
    { file, field: 'version' },
    { file, player: 1, field: 'curve' },
  ],
  'label.unknown': [{ player: 0 }],
  'register.not-listed': [{ player: 0 }, { keyId: KEY_ID }],
  'ers-public-key.unknown': [{ player: 0 }],
  'rsa-key.unsupported': [
    { file: keyFile, container: 'PKCS#12' },
    { file: keyFile, what: 'cipher' },
    { file: keyFile, what: 'pseudo-random function', oid: '1.2.840.113549.2.12' },
    { file: keyFile, what: 'scrypt memory', limit: 2 ** 30 },
    { file: keyFile, what: 'key size', modulusBits: 256 },
    { file: keyFile, what: 'exponent size', exponentBits: 400 },
    { file: keyFile, what: 'more than two primes' },
    { file: keyFile, what: 'no primes in the key' },
    { what: 'message longer than the key', modulusBytes: 64 },
    { file: keyFile, what: 'encrypted twice' },
  ],
  'derivation.unsupported': [{ curve: 'P-256' }],
  'pkcs11-uri.malformed': [
    { reason: 'scheme' },
    { reason: 'pin-value', attribute: 'pin-value' },
    { reason: 'pin-source', attribute: 'pin-source' },
    { reason: 'type', attribute: 'type' },
    { reason: 'not used', attribute: 'library-version' },
    { reason: 'twice', attribute: 'token' },
    { reason: 'value', attribute: 'slot-id' },
    { reason: 'unknown attribute' },
    { reason: 'too long' },
  ],
  'hsm.absent': [
    { reason: 'not installed' },
    { reason: 'not built' },
    { reason: 'built for another system' },
  ],
  'hsm.module-failed': [
    { file: module, reason: 'not found' },
    { file: module, reason: 'crashed', how: 'SIGSEGV' },
    { file: module, reason: 'file too short' },
    { file: module, ckr: 'CKR_ARGUMENTS_BAD 0x7', call: 'C_Initialize' },
  ],
  'hsm.module-crashed': [{ file: module, how: 'SIGSEGV', step: 'decrypt' }, { how: 'exit code 1' }],
  'hsm.timeout': [{ file: module, seconds: 30, step: 'decrypt' }],
  'hsm.bad-answer': [{ file: module, step: 'keys' }],
  'hsm.token-not-found': [
    { file: module, wanted: 'Recovery', tokens: 'Other (serial 12ab)' },
    { file: module, tokens: '' },
  ],
  'hsm.token-ambiguous': [{ file: module, tokens: 'One (serial 1); Two (serial 2)' }],
  'hsm.key-not-found': [{ file: module, wanted: 'recovery, id a1b2', keys: `other ${listedKey}` }],
  'hsm.key-ambiguous': [{ file: module, wanted: 'recovery', keys: `a ${listedKey}; b ${listedKey}` }],
  'hsm.key-cannot-decrypt': [
    { file: module, ckr: 'CKR_KEY_FUNCTION_NOT_PERMITTED 0x68', call: 'C_DecryptInit' },
  ],
  'hsm.mechanism-missing': [{ oaep: 'CKR_ARGUMENTS_BAD 0x7', raw: 'CKR_MECHANISM_INVALID 0x70' }],
  'hsm.bad-modulus': [{ file: module, key: 'recovery' }],
  'hsm.session-ended': [{ file: module }],
  'hsm.device-removed': [{ file: module, ckr: 'CKR_DEVICE_REMOVED 0x32', call: 'C_Decrypt' }],
  'hsm.device-error': [{ file: module, ckr: '0x80000000', call: 'C_Decrypt' }],
  'pin.required': [{ token: 'Recovery' }],
  'pin.wrong': [
    { token: 'Recovery', ckr: 'CKR_PIN_INCORRECT 0xa0', call: 'C_Login' },
    { token: 'Recovery', tries: 'low' },
    { token: 'Recovery', tries: 'final' },
    { token: 'Recovery', reason: 'too long' },
  ],
  'pin.locked': [{ token: 'Recovery', ckr: 'CKR_PIN_LOCKED 0xa4', call: 'C_Login' }],
  'pin.expired': [{ token: 'Recovery' }],
  'pin.not-set': [{ token: 'Recovery' }],
  'guard.output-exists': [{ file }],
  'guard.export-refused': [{ missing: 'verified, air-gap' }, {}],
  'guard.address-not-confirmed': [{ reason: 'not given' }, {}],
  'guard.plaintext': [{ option: '--output-format hex' }, {}],
  'guard.output-in-app-data': [{ file: '/a/b' }],
  'guard.backup-beside-key': [{ folder: '/a' }],
  'guard.second-person': [{ reason: 'same' }, { reason: 'other name' }, { reason: 'no name' }],
  'guard.sentence': [{}],
  'guard.address-mismatch': [{ expected: address }],
  'register.row-invalid': [
    { field: 'quorum_id', reason: 'not understood' },
    { field: 'key_id', reason: 'listed twice', keyId: KEY_ID },
  ],
  'register.files-missing': [{ keyId: KEY_ID }],
  'register.other-bucket': [{ keyId: KEY_ID, expected: 'acme-prod', found: 'acme-test' }],
  'bucket-state.damaged': [{ file, line: 7 }],
  'bucket-state.other-run': ['mode', 'checks', 'recoveryKey', 'shard'].map((field) => ({ file, field })),
  'bucket-state.in-use': [{ file, pid: 4711, host: 'vault-1' }],
  'bucket.worker-died': [{ keyId: KEY_ID }],
  'guard.drill-on-production': [{ keyId: KEY_ID }],
  'network.denied': [{ what: 'http.request' }],
  'ipc.untrusted': [{ channel: 'key-file.open' }],
  'ipc.malformed': [{ channel: 'key-file.open', field: 'password' }],
  ...TYPICAL_CEREMONY_FAULTS,
  'bug.unexpected': [],
  ...TYPICAL_RECORD_FAULTS,
};

const publicKeyHex = `02${fingerprint}`;

const TYPICAL_WARNINGS: Readonly<Record<WarningCode, readonly ErrorDetails[]>> = {
  'rsa-key.small': [{ bits: 1024 }],
  'wallet-key.mismatch': [{ stated: publicKeyHex, derived: publicKeyHex }],
  'chain-code.missing': [],
  'chain-code.seed-matches': [],
  'backup.unverifiable': [{ because: 'backup.version-1' }, { because: 'label.unknown' }],
  'share.lost': [{ player: 2 }],
  'file.left-out': [{ file: 'recovery_shard-1.txt', because: 'kit.truncated' }],
  'key-id.folder-differs': [{ folder: KEY_ID, keyId: QUORUM_ID }],
  'register.no-address': [],
  'register.mixed-environments': [
    {
      sandbox: 2,
      production: 40,
      sandboxRows: `${KEY_ID}, ${QUORUM_ID}`,
      productionRows: `${KEY_ID} and 39 more`,
    },
  ],
};

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

/** A sentence as people can read it: whole, and not too long for a screen. */
function expectReadable(sentence: string): void {
  expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
  expect(sentence).not.toMatch(/ {2}|\.\.(?!\.)(?<!\.\.\.)|[,:;]\.| [.,:;]|""|\(\)/);
  expect(sentence).not.toMatch(/went wrong/);
  expect(sentence).toMatch(/^[A-Z]/);
  expect(sentence).toMatch(/\.$/);
  expect(sentence.length).toBeLessThanOrEqual(MAX_CHARACTERS);
  expect(sentence.split(/[.:] /).length).toBeGreaterThan(1);
}

describe('sentences of faults', () => {
  it.each(codes)('%s, with its details and without', (code) => {
    for (const details of [{}, ...TYPICAL[code]]) expectReadable(sentenceOf({ code, details }));
  });

  it.each(codes)('%s, with each detail alone', (code) => {
    for (const details of TYPICAL[code]) {
      for (const [name, value] of Object.entries(details)) {
        expectReadable(sentenceOf({ code, details: { [name]: value } }));
      }
    }
  });

  it('tell a wrong id by its two names', () => {
    const details = { player: 0, field: 'es', index: 1 };
    const bare = sentenceOf({ code: 'label.mismatch', details });
    expect(bare).toContain('quorum id');
    expect(bare).toContain('key id');
    expect(bare).toContain('no damage');
    const named = sentenceOf({
      code: 'label.mismatch',
      details: { ...details, quorumId: QUORUM_ID, keyId: KEY_ID },
    });
    expect(named).toContain(QUORUM_ID);
    expect(named).toContain(KEY_ID);
  });

  it('claim nothing about the rest of a backup whose proof was not looked at', () => {
    const sentence = sentenceOf({ code: 'label.mismatch', details: {} });
    expect(sentence).toContain('quorum id');
    expect(sentence).toContain('key id');
    expect(sentence).not.toContain('everything else agrees');
  });

  it('name file, player, field and index', () => {
    expect(sentenceOf({ code: 'kit.truncated', details: { file } })).toContain(`"${file}"`);
    const conflict = sentenceOf({ code: 'kit.conflict', details: { player: 1, file, otherFile } });
    for (const said of [file, otherFile, 'player 1']) expect(conflict).toContain(said);
    const encoding = sentenceOf({ code: 'proof.encoding-rejected', details: part });
    for (const said of ['player 1', '"vs"', 'index 17']) expect(encoding).toContain(said);
    const register = { line: 4, column: 'quorum_id', reason: 'not understood' };
    expect(sentenceOf({ code: 'register.malformed', details: register })).toContain(
      'line 4, column quorum_id',
    );
  });

  it('name player 0', () => {
    expect(sentenceOf({ code: 'share.rejected', details: { player: 0 } })).toContain('player 0');
  });

  it('name the differing player of parameters that disagree', () => {
    const details = { field: 'nonce', index: 2 };
    expect(sentenceOf({ code: 'proof.parameters-disagree', details })).toContain('player 2');
  });

  it('name both keys of an RSA key mismatch', () => {
    const details = { given: fingerprint, wanted: 'ab12' };
    const sentence = sentenceOf({ code: 'rsa-key.mismatch', details });
    expect(sentence).toContain(fingerprint.slice(0, 16));
    expect(sentence).toContain('ab12');
  });

  it.each(codes)('%s, without a detail that nobody knows and without control characters', (code) => {
    for (const typical of [{}, ...TYPICAL[code]]) {
      const details = { ...typical, secret: 'correct horse', password: 'battery staple' };
      expect(sentenceOf({ code, details })).not.toMatch(/correct horse|battery staple/);
      const hostile = Object.fromEntries(
        Object.entries(typical).map(([name, value]) => [
          name,
          typeof value === 'string' ? `${value}\u001b[2J\u202e\n` : value,
        ]),
      );
      expect(sentenceOf({ code, details: hostile })).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});

describe('sentences of warnings', () => {
  it.each(Object.entries(TYPICAL_WARNINGS))('%s', (code, typical) => {
    for (const details of [{}, ...typical]) {
      expectReadable(warningSentence({ code: code as WarningCode, details }));
    }
  });

  it('say how to read an old chain code', () => {
    const sentence = warningSentence({ code: 'chain-code.seed-matches', details: {} });
    expect(sentence).toContain('--chain-code-seed');
  });
});

describe('words of checks', () => {
  it.each([...BACKUP_CHECKS, ...PLAYER_CHECKS])('%s has two to five words of its own', (check) => {
    const count = CHECK_NAMES[check].split(' ').length;
    expect(count).toBeGreaterThanOrEqual(2);
    expect(count).toBeLessThanOrEqual(5);
  });

  it('all differ', () => {
    for (const words of [CHECK_NAMES, OUTCOME_WORDS]) {
      expect(new Set(Object.values(words)).size).toBe(Object.keys(words).length);
    }
  });
});
