import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { Workspace } from '../fixtures/cli.ts';
import { describeTokens } from '../fixtures/hsm/describe-tokens.ts';
import { keyArgs, PIN_FILE } from '../fixtures/hsm/hsm-room.ts';
import { makeNss, makeSoftHsm, PIN, type TestToken } from '../fixtures/hsm/tokens.ts';
import { describeVectors, readVectors } from '../vectors.ts';

interface PalisadeWallet {
  readonly keyId: string;
  readonly keyAlgorithm: string;
  readonly recoveryKeys: readonly number[];
  readonly palisadeCli: { readonly addresses: Readonly<Record<string, string | null>> };
}

describeVectors('Palisade bucket', (root) => {
  describeTokens('by the command line, with the recovery key in a token', (folder) => {
    const folderOf = (...names: readonly string[]): string => join(root, 'palisade', ...names);
    const all = readVectors<PalisadeWallet>(root, 'palisade/expected.json');
    const wallets = ['SECP256K1', 'ED25519'].map((algorithm) =>
      all.find(({ keyAlgorithm, recoveryKeys }) => keyAlgorithm === algorithm && recoveryKeys.includes(0))!,
    );
    const tokens = new Map<string, TestToken>();
    let workspace: Workspace;

    beforeAll(() => {
      workspace = new Workspace();
      workspace.keepSecret('other', PIN);
      workspace.write('pin.txt', PIN);
      const der = readFileSync(folderOf('recovery-0.private.der'));
      const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
      const keys = [{ key, label: 'recovery', idHex: 'a1' }];
      tokens.set('SoftHSM', makeSoftHsm(folder, 'Recovery', keys));
      tokens.set('NSS', makeNss(folder, keys));
    });
    afterAll(() => {
      workspace.remove();
    });

    it.each([
      ['SoftHSM', 'token-raw'],
      ['NSS', 'token-oaep'],
    ])('%s: the addresses that the public CLI gave', async (name, mechanism) => {
      const token = tokens.get(name)!;
      for (const { keyId, palisadeCli } of wallets) {
        const kit = ['recover', '--recovery-kit-file', folderOf('bucket', keyId)];
        const args = [
          ...kit,
          '--register',
          folderOf('register.csv'),
          ...keyArgs(token),
          ...PIN_FILE,
          '--json',
        ];
        const { code, lines } = await workspace.run(args, { env: token.env });
        const expected = Object.entries(palisadeCli.addresses).filter(([, address]) => address !== null);
        expect([code, lines[0]?.recovered, lines[0]?.['addressMatches']]).toEqual([0, true, true]);
        expect(lines[0]?.addresses).toMatchObject(Object.fromEntries(expected));
        expect(lines[0]?.['keySource']).toMatchObject({ kind: 'hsm', mechanism });
      }
    });
  });
});
