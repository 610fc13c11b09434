import { rmSync } from 'node:fs';

import { beforeAll, describe, expect, it } from 'vitest';

import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import {
  readSigningKey,
  signerName,
  signFile,
  signingKeyNeedsPassword,
} from '../../../../electron/engine/signature/signing-key.ts';
import { parseTrustedKeys } from '../../../../electron/engine/signature/trusted-keys.ts';
import { verifySignature } from '../../../../electron/engine/signature/verify-signature.ts';
import { RecoveryError, type Fault } from '../../../../shared/recovery-error.ts';
import { faultOf } from '../../../fixtures/faults.ts';
import { fullRecorder } from '../../../fixtures/records.ts';
import { describeSigning } from '../../../fixtures/signing.ts';

const RECORD = fullRecorder().file();
const NAMESPACE = 'breakglass-record@v1';
const PASSWORD = 'a password, ünïcode';
const secret = (text: string): SecretBytes => new SecretBytes(new TextEncoder().encode(text));
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function faultOfAsync(work: () => Promise<unknown>): Promise<Fault> {
  try {
    await work();
  } catch (error) {
    if (error instanceof RecoveryError) return error.toFault();
    throw error;
  }
  throw new Error('nothing failed');
}

describeSigning('signatures of records', (room) => {
  beforeAll(() => {
    room.write('r.json', RECORD);
    room.sshKey('plain');
    room.sshKey('locked', PASSWORD, '-t', 'ed25519', '-a', '4');
    room.sshKey('other');
    room.sshKey('rsa', '', '-t', 'rsa', '-b', '2048');
    room.sshKey('ecdsa', '', '-t', 'ecdsa');
    room.sshKey('gcm', PASSWORD, '-t', 'ed25519', '-a', '1', '-Z', 'aes256-gcm@openssh.com');
    room.minisignKey('m', null);
    room.minisignKey('mp', PASSWORD);
    room.write('allowed', `ada@example.org namespaces="${NAMESPACE}" ${pub('plain')}`);
  });

  const pub = (name: string): string => new TextDecoder().decode(room.read(`${name}.pub`));

  describe('by an OpenSSH key', () => {
    it.each(['plain', 'locked'])('%s: ssh-keygen accepts them', async (name) => {
      const content = room.read(name);
      expect(signingKeyNeedsPassword(content)).toBe(name === 'locked');
      const key = await readSigningKey(content, name === 'locked' ? secret(PASSWORD) : undefined);
      const signature = signFile(RECORD, key, 'r.json');
      room.write('r.json.sig', signature);
      room.write('allowed-one', `me ${pub(name)}`);
      const verify = ['-Y', 'verify', '-f', 'allowed-one', '-I', 'me', '-n', NAMESPACE, '-s', 'r.json.sig'];
      expect(room.exec('ssh-keygen', verify, RECORD)).toContain('Good "breakglass-record@v1" signature');
      expect(() => room.exec('ssh-keygen', verify, RECORD.with(9, 0))).toThrow();
      expect(room.exec('ssh-keygen', ['-l', '-f', `${name}.pub`])).toContain(signerName(key));
      key.seed.wipe();
    });

    it('made by ssh-keygen are accepted, and every flipped bit is not', () => {
      rmSync(room.path('r.json.sig'));
      room.exec('ssh-keygen', ['-Y', 'sign', '-f', 'plain', '-n', NAMESPACE, 'r.json']);
      const signature = room.read('r.json.sig');
      const trusted = parseTrustedKeys(room.read('plain.pub'));
      expect(verifySignature(RECORD, signature, trusted)).toMatchObject({
        kind: 'ssh',
        principal: 'plain@example.org',
      });
      expect(verifySignature(RECORD, signature, parseTrustedKeys(room.read('allowed')))).toMatchObject({
        principal: 'ada@example.org',
      });
      // Blanks around the armor change nothing of what it says; the base64 inside of it does.
      const body = { from: '-----BEGIN SSH SIGNATURE-----\n'.length, to: signature.length - 30 };
      for (let at = body.from; at < body.to; at += 3) {
        const flipped = signature.with(at, (signature[at] ?? 0) ^ 1);
        expect(faultOf(() => verifySignature(RECORD, flipped, trusted)).code).toMatch(
          /^(?:signature\.malformed|record\.signature-rejected|signing-key\.\S+)$/,
        );
      }
      for (let at = 0; at < RECORD.length; at += 997) {
        const fault = faultOf(() => verifySignature(RECORD.with(at, 0), signature, trusted));
        expect(fault).toMatchObject({
          code: 'record.signature-rejected',
          details: { reason: 'changed' },
        });
      }
    });

    it('show without a public key only which key signed', () => {
      expect(verifySignature(RECORD, room.read('r.json.sig'), [])).toMatchObject({
        kind: 'ssh',
        principal: null,
      });
    });

    it('for another purpose are refused', () => {
      room.write('file.json', RECORD);
      room.exec('ssh-keygen', ['-Y', 'sign', '-f', 'plain', '-n', 'file', 'file.json']);
      expect(faultOf(() => verifySignature(RECORD, room.read('file.json.sig'), []))).toMatchObject({
        details: { reason: 'namespace' },
      });
    });

    it.each([
      ['other.pub', () => room.read('other.pub'), 'other key'],
      ['no record', () => bytes(`a namespaces="git,file" ${pub('plain')}`), 'no principal'],
    ])('of a key that is not meant are refused: %s', (_name, keys, reason) => {
      const trusted = parseTrustedKeys(keys());
      expect(faultOf(() => verifySignature(RECORD, room.read('r.json.sig'), trusted))).toMatchObject({
        code: 'record.signature-rejected',
        details: { reason },
      });
    });

    it.each(['breakglass-*', '*', 'file,breakglass-record@v?'])('allows the namespace %s', (pattern) => {
      const trusted = parseTrustedKeys(bytes(`a namespaces="${pattern}" ${pub('plain')}`));
      expect(verifySignature(RECORD, room.read('r.json.sig'), trusted)?.principal).toBe('a');
    });

    it.each([
      ['rsa', 'ssh-rsa'],
      ['ecdsa', 'ecdsa-sha2-nistp256'],
      ['gcm', 'aes256-gcm@openssh.com'],
    ])('are not made by %s, which is named', async (name, algorithm) => {
      expect(await faultOfAsync(() => readSigningKey(room.read(name), secret(PASSWORD)))).toEqual({
        code: 'signing-key.unsupported',
        details: { algorithm },
      });
    });

    it('need the right password', async () => {
      const content = room.read('locked');
      expect((await faultOfAsync(() => readSigningKey(content, undefined))).code).toBe('password.required');
      for (const wrong of ['a password', '', `${PASSWORD} `]) {
        expect((await faultOfAsync(() => readSigningKey(content, secret(wrong)))).code).toBe(
          'password.wrong',
        );
      }
    });
  });

  describe('by a minisign key', () => {
    it.each([
      ['m', undefined],
      ['mp', PASSWORD],
    ])('%s: minisign accepts them', async (name, password) => {
      const content = room.read(`${name}.key`);
      expect(signingKeyNeedsPassword(content)).toBe(password !== undefined);
      const key = await readSigningKey(content, password === undefined ? undefined : secret(password));
      room.write('r.json.minisig', signFile(RECORD, key, 'r.json'));
      const verify = ['-V', '-H', '-m', 'r.json', '-p', `${name}.pub`];
      expect(room.exec('minisign', verify)).toContain('Signature and comment signature verified');
      // minisign before 0.12 leaves out the zeros that a key id starts with.
      const [, keyId] = /minisign public key ([0-9A-F]+)/.exec(pub(name)) ?? [];
      expect(keyId?.padStart(16, '0')).toBe(signerName(key));
      key.seed.wipe();
    });

    it.each([['-S'], ['-S', '-l']])('made by minisign %s %s are accepted', (...options) => {
      room.exec('minisign', [...options, '-s', 'm.key', '-m', 'r.json', '-t', 'seen by me']);
      const signature = room.read('r.json.minisig');
      const trusted = parseTrustedKeys(room.read('m.pub'));
      expect(verifySignature(RECORD, signature, trusted)?.kind).toBe('minisign');
      expect(verifySignature(RECORD, signature, [])).toBeUndefined();
      const comment = bytes(new TextDecoder().decode(signature).replace('seen by me', 'seen by you'));
      for (const [message, given] of [
        [RECORD.with(0, 0), signature],
        [RECORD, comment],
      ] as const) {
        expect(faultOf(() => verifySignature(message, given, trusted))).toMatchObject({
          code: 'record.signature-rejected',
          details: { reason: 'changed' },
        });
      }
      expect(
        faultOf(() => verifySignature(RECORD, signature, parseTrustedKeys(room.read('mp.pub')))),
      ).toMatchObject({ details: { reason: 'other key' } });
    });

    it('need the right password', async () => {
      const content = room.read('mp.key');
      expect((await faultOfAsync(() => readSigningKey(content, undefined))).code).toBe('password.required');
      expect((await faultOfAsync(() => readSigningKey(content, secret('no')))).code).toBe('password.wrong');
    });
  });

  it.each(['plain.pub', 'm.pub', 'r.json', 'allowed'])('%s is no signing key', async (name) => {
    const fault = await faultOfAsync(() => readSigningKey(room.read(name), undefined));
    expect(fault.code).toBe('signing-key.not-understood');
  });

  it.each(['plain', 'm.key', 'r.json'])('%s is no public key', (name) => {
    expect(faultOf(() => parseTrustedKeys(room.read(name))).code).toBe('signing-key.not-understood');
  });

  it.each(['cert-authority', 'valid-before="20270101"'])(
    'the option %s is refused, not passed over',
    (option) => {
      expect(faultOf(() => parseTrustedKeys(bytes(`a ${option} ${pub('plain')}`))).code).toBe(
        'signing-key.unsupported',
      );
    },
  );
});

describe('verifySignature', () => {
  it.each([
    '',
    'x',
    '-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----',
    'untrusted comment: a\nb\ntrusted comment: c\nd',
  ])('calls %j no signature', (text) => {
    expect(faultOf(() => verifySignature(RECORD, bytes(text), [])).code).toBe('signature.malformed');
  });
});
