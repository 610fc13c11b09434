import { describe, expect, it } from 'vitest';

import { RecoveryError } from '../../../../shared/recovery-error.ts';
import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import type { ProvenPart } from '../../../../electron/engine/ers/backup.ts';
import { parseErs } from '../../../../electron/engine/ers/parse.ts';
import { reconstruct } from '../../../../electron/engine/ers/reconstruct.ts';
import { softwareDecryptor, type Decryptor } from '../../../../electron/engine/rsa/decrypt.ts';
import {
  flipBit,
  LABEL,
  makeBackup,
  makeVersion1,
  replaceAt,
  withPart,
  withParts,
  withWitness,
} from '../../../fixtures/backups.ts';
import { faultOfAsync } from '../../../fixtures/faults.ts';
import { anyScalar, pointBytes } from '../../../fixtures/prover.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';
import { partOf } from '../../../fixtures/verify.ts';
import { systemRandom } from '../../../random.ts';

const key = makeRsaKey();
const made = makeBackup({ key });
const reveal = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);
const decrypt = softwareDecryptor(key, LABEL);

/** A decryptor that counts, and hands out what it made for a later look. */
function counting(inner: Decryptor = decrypt): {
  decrypt: Decryptor;
  count: () => number;
  given: SecretBytes[];
} {
  let calls = 0;
  const given: SecretBytes[] = [];
  return {
    given,
    count: () => calls,
    decrypt: async (ciphertext) => {
      calls++;
      const secret = await inner(ciphertext);
      given.push(secret);
      return secret;
    },
  };
}

const firstUnopened = (player: number): number =>
  [...Array(80).keys()].find((i) => !partOf(made.backup, player).openedIndices.includes(i))!;

describe('a good backup', () => {
  it('gives key and chain code, with one decryption a player and one for the chain code', async () => {
    const counter = counting();
    const recovered = await reconstruct(made.backup, counter.decrypt);
    expect(recovered.privateKey.use(reveal)).toEqual(made.privateKey);
    expect(recovered.chainCode?.use(reveal)).toEqual(made.chainCode);
    expect(recovered.publicKey.equals(made.master)).toBe(true);
    expect(recovered.curve.name).toBe('secp256k1');
    expect(counter.count()).toBe(3 + 1);
  });

  it('tells of each player in turn', async () => {
    const told: number[] = [];
    await reconstruct(made.backup, decrypt, (player) => told.push(player));
    expect(told).toEqual([0, 1, 2]);
  });

  it('leaves no decrypted value unwiped', async () => {
    const counter = counting();
    await reconstruct(made.backup, counter.decrypt);
    for (const secret of counter.given)
      expect(() => {
        secret.use(() => undefined);
      }).toThrow('wiped');
  });

  it.each([
    ['the first share', 1],
    ['the chain code', 4],
  ])('ends at once with the fault of a token that breaks down at %s', async (_name, last) => {
    const counter = counting();
    const breaking: Decryptor = async (ciphertext) => {
      const plaintext = await counter.decrypt(ciphertext);
      if (counter.count() < last) return plaintext;
      plaintext.wipe();
      throw new RecoveryError('hsm.module-crashed');
    };
    expect((await faultOfAsync(() => reconstruct(made.backup, breaking))).code).toBe('hsm.module-crashed');
    expect(counter.count()).toBe(last);
  });

  it.each([
    ['the first', [1, 2]],
    ['the second', [0, 2]],
    ['the third', [0, 1]],
  ])('threshold and one more players, without %s: the same key', async (_, players) => {
    const backup = { ...made.backup, parts: players.map((player) => partOf(made.backup, player)) };
    const counter = counting();
    const recovered = await reconstruct(backup, counter.decrypt);
    expect(recovered.privateKey.use(reveal)).toEqual(made.privateKey);
    expect(counter.count()).toBe(3);
  });

  it('as many players as the threshold: proof.player-set, and nothing is decrypted', async () => {
    const backup = { ...made.backup, parts: made.backup.parts.slice(0, 1) };
    const counter = counting();
    expect((await faultOfAsync(() => reconstruct(backup, counter.decrypt))).code).toBe('proof.player-set');
    expect(counter.count()).toBe(0);
  });

  it('multiplicative: the product of the shares', async () => {
    const product = makeBackup({ key, sharing: 'multiplicative', curve: 'ED-25519' });
    const recovered = await reconstruct(product.backup, decrypt);
    expect(recovered.privateKey.use(reveal)).toEqual(product.privateKey);
  });

  it.each(['shamir', 'additive', 'multiplicative'] as const)(
    'version 1, %s: key and chain code',
    async (sharing) => {
      const old = makeVersion1({ key, sharing });
      const counter = counting();
      const recovered = await reconstruct(parseErs(old.json), counter.decrypt);
      expect(recovered.privateKey.use(reveal)).toEqual(old.privateKey);
      expect(recovered.chainCode?.use(reveal)).toEqual(old.chainCode);
      expect(counter.count()).toBe(3 + 1);
    },
  );
});

describe('ciphertexts that are no good', () => {
  it('a broken first one is passed over for the next', async () => {
    const index = firstUnopened(1);
    const backup = withPart(made.backup, 1, ({ ciphertexts }) => ({
      ciphertexts: replaceAt(ciphertexts, index, flipBit(ciphertexts[index]!)),
    }));
    const counter = counting();
    const recovered = await reconstruct(backup, counter.decrypt);
    expect(recovered.privateKey.use(reveal)).toEqual(made.privateKey);
    expect(counter.count()).toBe(5);
  });

  it.each([
    ['an empty one', new Uint8Array()],
    ['one of another length', new Uint8Array(64).fill(1)],
  ])('%s is passed over', async (_, bad) => {
    const backup = withPart(made.backup, 0, ({ ciphertexts }) => ({
      ciphertexts: replaceAt(ciphertexts, firstUnopened(0), bad),
    }));
    expect((await reconstruct(backup, decrypt)).privateKey.use(reveal)).toEqual(made.privateKey);
  });

  it('one that decrypts to another value is passed over', async () => {
    const witness = made.witnesses[2]!;
    const opened = partOf(made.backup, 2).openedIndices;
    const index = firstUnopened(2);
    const encrypted = replaceAt(witness.encrypted, index, anyScalar('secp256k1'));
    const backup = withWitness(made, 2, { ...witness, encrypted, opened });
    const counter = counting();
    expect((await reconstruct(backup, counter.decrypt)).privateKey.use(reveal)).toEqual(made.privateKey);
    expect(counter.count()).toBe(5);
  });

  it.each([
    ['shorter than a scalar', 31],
    ['longer than a scalar', 33],
  ])('one that decrypts to something %s is passed over', async (_, length) => {
    let first = true;
    const odd: Decryptor = async (ciphertext) => {
      if (!first) return await decrypt(ciphertext);
      first = false;
      return new SecretBytes(new Uint8Array(length).fill(1));
    };
    expect((await reconstruct(made.backup, odd)).privateKey.use(reveal)).toEqual(made.privateKey);
  });

  it('no ciphertext decrypts, as with a wrong key: decryption.failed, naming the first player', async () => {
    const other = softwareDecryptor(makeRsaKey(), LABEL);
    expect(await faultOfAsync(() => reconstruct(made.backup, other))).toEqual({
      code: 'decryption.failed',
      details: { player: 0 },
    });
  });

  it('no ciphertext decrypts, as with a wrong label: decryption.failed', async () => {
    const other = softwareDecryptor(key, new Uint8Array());
    expect((await faultOfAsync(() => reconstruct(made.backup, other))).code).toBe('decryption.failed');
  });

  it('all decrypt and none fits: the player is lost after 40 decryptions, and the others are enough', async () => {
    const witness = made.witnesses[1]!;
    const opened = partOf(made.backup, 1).openedIndices;
    const encrypted = witness.encrypted.map((value, i) =>
      opened.includes(i) ? value : anyScalar('secp256k1'),
    );
    const backup = withWitness(made, 1, { ...witness, encrypted, opened });
    const counter = counting();
    const recovered = await reconstruct(backup, counter.decrypt);
    expect(recovered.lostPlayers).toEqual([1]);
    expect(counter.count()).toBe(made.backup.parts.length + 40);
  });

  it('two of three shares lost: share.rejected, naming the first player', async () => {
    const spoil = ({ openedValues }: ProvenPart) => ({
      openedValues: replaceAt(openedValues, 3, openedValues[4]!),
    });
    const backup = withPart(withPart(made.backup, 1, spoil), 2, spoil);
    expect(await faultOfAsync(() => reconstruct(backup, decrypt))).toEqual({
      code: 'share.rejected',
      details: { player: 1 },
    });
  });

  it('a fault of the token that is not about the ciphertext stops at once', async () => {
    const broken: Decryptor = () => Promise.reject(new RecoveryError('password.unavailable'));
    expect((await faultOfAsync(() => reconstruct(made.backup, broken))).code).toBe('password.unavailable');
  });
});

describe('shares that make another key', () => {
  it('a public key that is not theirs: recovered-key.mismatch', async () => {
    const publicKey = pointBytes('secp256k1', anyScalar('secp256k1'));
    const backup = withParts(made.backup, () => ({ publicKey }));
    expect((await faultOfAsync(() => reconstruct(backup, decrypt))).code).toBe('recovered-key.mismatch');
  });

  it('an additive share missing: recovered-key.mismatch', async () => {
    const sum = makeBackup({ key, sharing: 'additive', threshold: 1 });
    const backup = { ...sum.backup, parts: sum.backup.parts.slice(0, 2) };
    expect((await faultOfAsync(() => reconstruct(backup, decrypt))).code).toBe('recovered-key.mismatch');
  });

  it.each([
    ['public_key', () => ({ publicKey: new Uint8Array(65) })],
    ['key_share_commitments', () => ({ shareCommitments: new Map() })],
    ['vs', () => ({ openedValues: [] })],
  ])('an unreadable %s: proof.encoding-rejected, naming the field', async (field, change) => {
    const backup = withParts(made.backup, change);
    expect(await faultOfAsync(() => reconstruct(backup, decrypt))).toMatchObject({
      code: 'proof.encoding-rejected',
      details: { field },
    });
  });
});

describe('a chain code that can not be had leaves the key', () => {
  const keyOnly = async (backup: Parameters<typeof reconstruct>[0]): Promise<void> => {
    const recovered = await reconstruct(backup, decrypt);
    expect(recovered.privateKey.use(reveal)).toEqual(made.privateKey);
    expect(recovered.chainCode).toBeUndefined();
  };

  it('no wrapped key', async () => {
    await keyOnly(withParts(made.backup, () => ({ auxWrappedKey: new Uint8Array() })));
  });

  it('a wrapped key that does not decrypt', async () => {
    await keyOnly(withParts(made.backup, ({ auxWrappedKey }) => ({ auxWrappedKey: flipBit(auxWrappedKey) })));
  });

  it('a wrapped key of another length', async () => {
    await keyOnly(withParts(made.backup, ({ ciphertexts }) => ({ auxWrappedKey: ciphertexts[0]!.slice(1) })));
  });

  it.each([0, 20])('aux data changed at byte %i', async (byte) => {
    await keyOnly(
      withParts(made.backup, ({ auxPrivateEncrypted }) => ({
        auxPrivateEncrypted: flipBit(auxPrivateEncrypted, byte),
      })),
    );
  });

  it('a changed tag', async () => {
    await keyOnly(
      withParts(made.backup, ({ auxPrivateEncrypted }) => ({
        auxPrivateEncrypted: flipBit(auxPrivateEncrypted),
      })),
    );
  });

  it.each([0, 15])('aux data of %i bytes', async (length) => {
    await keyOnly(withParts(made.backup, () => ({ auxPrivateEncrypted: systemRandom(length) })));
  });
});
