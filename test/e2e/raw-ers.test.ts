import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { JsonValue } from '../../electron/engine/bytes/json.ts';
import { serializeBackup } from '../../electron/engine/ers/serialize.ts';
import { synthesizeBackup, type SyntheticBackup } from '../../electron/engine/ers/synthesize.ts';
import type { CurveName } from '../../shared/curve-name.ts';
import { makeBackup, makeVersion1, toErsJson } from '../fixtures/backups.ts';
import { checksOf, Workspace, type CliOptions, type CliRun } from '../fixtures/cli.ts';
import { addRecoveryKey, childKey, hex, makeRecoveryKey, type RecoveryKey } from '../fixtures/wallets.ts';
import { makeRsaKey, type RsaFixture } from '../fixtures/rsa.ts';
import { systemRandom } from '../random.ts';

const LABEL = 'the label of a töst';
const LABEL_BYTES = new TextEncoder().encode(LABEL);

const workspace = new Workspace();
let key: RecoveryKey;
let keyFile: string;
let made: SyntheticBackup;
/** A key of the fixtures that share no code with the engine, for what the engine does not write. */
let fixtureKey: RsaFixture;
let fixtureKeyFile: string;

beforeAll(() => {
  key = makeRecoveryKey();
  keyFile = addRecoveryKey(workspace, key);
  workspace.write('ers-public.hex', hex(key.publicKey.spkiDer));
  made = synthesize('secp256k1', 'shamir', LABEL_BYTES);
  workspace.write('ers.json', JSON.stringify(serializeBackup(made.backup)));
  workspace.write(
    'unlabelled.json',
    JSON.stringify(serializeBackup(synthesize('secp256k1', 'additive', new Uint8Array()).backup)),
  );
  fixtureKey = makeRsaKey(2048);
  const fixtureDer = fixtureKey.keyObject.export({ type: 'pkcs8', format: 'der' });
  workspace.keepSecret('other', fixtureDer.subarray(400, 448));
  fixtureKeyFile = workspace.write('fixture.der', fixtureDer);
});
afterAll(() => {
  workspace.remove();
});

function synthesize(curve: CurveName, sharing: 'shamir' | 'additive', label: Uint8Array): SyntheticBackup {
  const backup = synthesizeBackup({
    curve,
    sharing,
    players: 3,
    threshold: sharing === 'shamir' ? 1 : 2,
    ersKey: key.publicKey,
    label,
    randomBytes: systemRandom,
  });
  workspace.keepSecret('wallet', backup.masterPrivateKey, backup.masterChainCode);
  return backup;
}

const verify = (...args: readonly string[]): Promise<CliRun> => workspace.run(['verify', ...args, '--json']);

const recover = (
  kit: string,
  args: readonly string[] = [],
  options: CliOptions = {},
  privateKey = keyFile,
): Promise<CliRun> => {
  const files = ['--recovery-kit-file', kit, '--private-key-file', privateKey];
  return workspace.run(['recover', ...files, ...args, '--json'], options);
};

const openingsOf = (run: CliRun): readonly string[] =>
  checksOf(run.lines[0]).filter((check) => check.includes(':openings:'));

/** The label in every form that the command line takes. */
const LABELS = [
  ['--label-text', [LABEL]],
  ['--label-hex', [hex(LABEL_BYTES)]],
  ['--label-base64', [Buffer.from(LABEL_BYTES).toString('base64')]],
] as const;

describe('a raw ERS file', () => {
  it.each(LABELS)('%s: verify and recover', async (option, value) => {
    const label = [option, ...value];
    const verified = await verify('ers.json', ...label, '--ers-public-key', 'ers-public.hex');
    expect([verified.code, verified.lines[0]?.verdict]).toEqual([0, 'valid']);
    expect(verified.lines[0]).toMatchObject({ keyId: null, quorumId: null, curve: 'secp256k1' });
    const recovered = await recover('ers.json', label);
    expect([recovered.code, recovered.lines[0]?.verdict]).toEqual([0, 'valid']);
  });

  it('--no-label is the empty label', async () => {
    const args = ['unlabelled.json', '--no-label', '--ers-public-key', 'ers-public.hex'];
    const verified = await verify(...args);
    expect([verified.code, verified.lines[0]?.verdict]).toEqual([0, 'valid']);
    expect(verified.lines[0]).toMatchObject({ sharing: 'additive', threshold: 2 });
    expect((await recover('unlabelled.json', ['--no-label'])).code).toBe(0);
  });

  it('another label: label.mismatch, exit code 5', async () => {
    for (const label of [['--no-label'], ['--label-text', `${LABEL} `]]) {
      const verified = await verify('ers.json', ...label, '--ers-public-key', 'ers-public.hex');
      expect([verified.code, verified.lines[0]?.code]).toEqual([5, 'label.mismatch']);
      const recovered = await recover('ers.json', label);
      expect([recovered.code, recovered.lines[0]?.code]).toEqual([5, 'label.mismatch']);
      expect(recovered.lines[0]?.recovered).toBe(false);
    }
  });

  it('another RSA key: rsa-key.mismatch, exit code 5', async () => {
    const { code, lines } = await recover('ers.json', ['--label-text', LABEL], {}, fixtureKeyFile);
    expect([code, lines[0]?.code]).toEqual([5, 'rsa-key.mismatch']);
  });

  it.each([
    ['neither label nor key', [], 'label.unknown'],
    ['no label', ['--ers-public-key', 'ers-public.hex'], 'label.unknown'],
    ['no key', ['--label-text', LABEL], 'ers-public-key.unknown'],
  ])('%s: every check but the openings, exit code 6', async (_name, args, code) => {
    const run = await verify('ers.json', ...args);
    expect(run.code).toBe(6);
    expect(run.lines[0]).toMatchObject({ verdict: 'unverifiable', code });
    expect(openingsOf(run)).toEqual([0, 1, 2].map((player) => `${player}:openings:not-checked`));
    expect(checksOf(run.lines[0])).toContain('-:sharing:passed');
    expect(checksOf(run.lines[0])).toContain('-:public-key:not-checked');
  });

  it('no label for recover is a wrong call', async () => {
    const { code, lines } = await recover('ers.json');
    expect([code, lines[0]?.code]).toEqual([2, 'label.missing']);
  });

  it('the wallet key is the master key, with all its addresses', async () => {
    const args = ['--label-text', LABEL, '--show-key'];
    const { code, lines } = await recover('ers.json', args, { reveals: true });
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({
      path: 'm',
      privateKeyHex: hex(made.masterPrivateKey),
      masterPrivateKeyHex: hex(made.masterPrivateKey),
      masterChainCodeHex: hex(made.masterChainCode),
    });
    expect(Object.keys(lines[0]!.addresses!).sort()).toEqual(
      [
        ...['ethereum', 'hedera', 'xrp', 'tron', 'litecoin', 'litecoinP2pkh', 'dogecoin', 'cosmos'],
        ...['bitcoinMainnet', 'bitcoinMainnetP2tr', 'bitcoinMainnetP2shP2wpkh', 'bitcoinMainnetP2pkh'],
        ...['bitcoinTestnet', 'bitcoinTestnetP2tr', 'bitcoinTestnetP2shP2wpkh', 'bitcoinTestnetP2pkh'],
      ].sort(),
    );
  });

  it.each([
    ['44/60/0/0/0', [44, 60, 0, 0, 0]],
    ['m/0', [0]],
    ['m', []],
  ])('--path %s is the child that BIP-32 says', async (path, indices) => {
    const child = childKey(made, indices);
    workspace.keepSecret('wallet', child);
    const args = ['--label-text', LABEL, '--path', path];
    const hidden = await recover('ers.json', args);
    expect(hidden.code).toBe(0);
    const { lines } = await recover('ers.json', [...args, '--show-key'], { reveals: true });
    expect(lines[0]).toMatchObject({
      path: ['m', ...indices].join('/'),
      privateKeyHex: hex(child),
      masterPrivateKeyHex: hex(made.masterPrivateKey),
      walletPublicKeyHex: hidden.lines[0]?.walletPublicKeyHex,
    });
  });

  it('an Ed25519 backup: all its addresses', async () => {
    const { backup, masterPrivateKey } = synthesize('ED-25519', 'shamir', LABEL_BYTES);
    workspace.write('ed.json', JSON.stringify(serializeBackup(backup)));
    const args = ['--label-text', LABEL, '--show-key'];
    const { code, lines } = await recover('ed.json', args, { reveals: true });
    expect([code, lines[0]?.privateKeyHex]).toEqual([0, hex(masterPrivateKey)]);
    expect(Object.keys(lines[0]!.addresses!).sort()).toEqual(
      ['solana', 'xrp', 'stellar', 'algorand', 'aptos', 'sui', 'near', 'polkadot'].sort(),
    );
  });

  it('a P-256 backup: the key without addresses, and no child of it', async () => {
    const { backup, masterPrivateKey } = synthesize('P-256', 'shamir', LABEL_BYTES);
    workspace.write('p256.json', JSON.stringify(serializeBackup(backup)));
    const args = ['--label-text', LABEL];
    const verified = await verify('p256.json', ...args, '--ers-public-key', 'ers-public.hex');
    expect([verified.code, verified.lines[0]?.['keyAlgorithm']]).toEqual([0, null]);
    const { code, lines } = await recover('p256.json', [...args, '--show-key'], { reveals: true });
    expect([code, lines[0]?.privateKeyHex]).toEqual([0, hex(masterPrivateKey)]);
    expect(lines[0]).toMatchObject({ curve: 'P-256', addresses: {}, recovered: true });
    const child = await recover('p256.json', [...args, '--path', '0']);
    expect([child.code, child.lines[0]?.code]).toEqual([6, 'derivation.unsupported']);
  });
});

describe('a backup that carries no proof', () => {
  let version1: { readonly json: Record<string, JsonValue>; readonly privateKey: Uint8Array };

  beforeAll(() => {
    version1 = makeVersion1({ key: fixtureKey, label: LABEL_BYTES });
    workspace.keepSecret('wallet', version1.privateKey);
    workspace.write('v1.json', JSON.stringify(version1.json));
    const multiplied = makeBackup({
      key: fixtureKey,
      sharing: 'multiplicative',
      players: 2,
      label: LABEL_BYTES,
    });
    workspace.keepSecret('wallet', multiplied.privateKey);
    workspace.write('multiplied.json', JSON.stringify(toErsJson(multiplied.backup)));
    workspace.write('fixture.public.der', fixtureKey.publicKey.spkiDer);
    workspace.keepSecret('wallet', multiplied.chainCode);
  });

  const withKey = ['--label-text', LABEL, '--ers-public-key', 'fixture.public.der'];

  it('version 1: verify checks nothing and ends with 6', async () => {
    const { code, lines } = await verify('v1.json', ...withKey);
    expect(code).toBe(6);
    expect(lines[0]).toMatchObject({
      verdict: 'unverifiable',
      code: 'backup.version-1',
      ersVersion: '1.0.0',
    });
    expect(checksOf(lines[0]).every((check) => check.endsWith(':not-checked'))).toBe(true);
  });

  it('multiplicative: verify checks all but the sharing and ends with 6', async () => {
    const { code, lines } = await verify('multiplied.json', ...withKey);
    expect(code).toBe(6);
    expect(lines[0]).toMatchObject({ verdict: 'unverifiable', code: 'backup.multiplicative' });
    expect(checksOf(lines[0]).filter((check) => !check.endsWith(':passed'))).toEqual([
      '-:public-key:not-checked',
      '-:sharing:not-checked',
    ]);
  });

  it.each(['v1.json', 'multiplied.json'])(
    '%s: recover goes on with a warning and ends with 0',
    async (file) => {
      const { code, lines } = await recover(file, ['--label-text', LABEL], {}, fixtureKeyFile);
      expect(code).toBe(0);
      expect(lines[0]).toMatchObject({ verdict: 'unverifiable', recovered: true });
      expect(lines[0]?.warnings?.map(({ code: warning }) => warning)).toContain('backup.unverifiable');
      expect(lines[0]?.addresses?.['ethereum']).toMatch(/^0x[0-9a-fA-F]{40}$/);
      const words = ['recover', '--recovery-kit-file', file, '--private-key-file', fixtureKeyFile];
      const { stdout } = await workspace.run([...words, '--label-text', LABEL]);
      expect(stdout).toContain('CANNOT BE VERIFIED');
      expect(stdout).toMatch(/Warning: .*could not be verified/);
    },
  );

  it('version 1: the key is the one that went in, and a wrong label is told as that', async () => {
    const args = ['--label-text', LABEL, '--show-key'];
    const { lines } = await recover('v1.json', args, { reveals: true }, fixtureKeyFile);
    expect(lines[0]?.masterPrivateKeyHex).toBe(hex(version1.privateKey));
    const wrong = await recover('v1.json', ['--label-text', 'another', '--show-key'], {}, fixtureKeyFile);
    expect([wrong.code, wrong.lines[0]?.code]).toEqual([5, 'label.mismatch']);
    const stranger = await recover('v1.json', args, {}, keyFile);
    expect([stranger.code, stranger.lines[0]?.code]).toEqual([5, 'rsa-key.mismatch']);
  });

  it("version 1: a commitment that is not the share's is refused", async () => {
    const parts = version1.json['key_parts'] as readonly Record<string, JsonValue>[];
    const key_parts = parts.map((part, i) => ({ ...part, commitment: parts[(i + 1) % 3]!['commitment']! }));
    workspace.write('v1-bad.json', JSON.stringify({ ...version1.json, key_parts }));
    const args = ['--label-text', LABEL, '--show-key'];
    const { code, lines } = await recover('v1-bad.json', args, {}, fixtureKeyFile);
    expect([code, lines[0]?.code, lines[0]?.recovered]).toEqual([4, 'share.rejected', false]);
  });
});
