import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';
import { packagingTool } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'breakglass-release-'));
const released = join(folder, 'released');
const rebuilt = join(folder, 'rebuilt');
const signers = join(folder, 'signers');
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const hasOpenSsh = spawnSync('ssh-keygen', ['-Y', 'sign'], { stdio: 'ignore' }).error === undefined;

/** Makes a key pair, lists its public half as a signer, and gives the private half's file. */
function maintainer(name: string, signerFile: string, principal = 'release@breakglass'): string {
  const key = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key]);
  writeFileSync(
    signerFile,
    `${principal} namespaces="breakglass-release" ${readFileSync(`${key}.pub`, 'utf8')}`,
  );
  return key;
}

function sign(key: string, release: string, namespace = 'breakglass-release'): void {
  rmSync(join(release, 'SHA256SUMS.sig'), { force: true });
  const args = ['-q', '-Y', 'sign', '-n', namespace, '-f', key, join(release, 'SHA256SUMS')];
  execFileSync('ssh-keygen', args, { stdio: 'ignore' });
}

/** What `npm run release:verify` says and ends with. */
function verify(...args: readonly string[]): { readonly code: number | null; readonly says: string } {
  const command = join(projectRoot, 'build', 'package', 'release-verify.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { encoding: 'utf8' });
  return { code: status, says: `${stdout}${stderr}` };
}

/** A copy of the release in which something is changed. */
function tampered(change: (release: string) => void): string {
  const copy = mkdtempSync(join(folder, 'tampered-'));
  cpSync(released, copy, { recursive: true });
  change(copy);
  return copy;
}

describe.skipIf(!hasOpenSsh)('release:verify', () => {
  let key = '';
  let writeSums: (release: string) => void;
  beforeAll(async () => {
    const { sbomOf } = await packagingTool<{ readonly sbomOf: (root: string) => string }>('sbom.mjs');
    ({ writeSums } = await packagingTool<{ readonly writeSums: (release: string) => void }>('checksums.mjs'));
    mkdirSync(released);
    writeFileSync(join(released, 'app.asar'), 'the app');
    writeFileSync(join(released, 'breakglass-0.1.0.tgz'), 'the command line');
    const { sourcesOf } = await packagingTool<{ readonly sourcesOf: (root: string) => object }>(
      'build-info.mjs',
    );
    writeFileSync(
      join(released, 'build-info.json'),
      JSON.stringify({ ...sourcesOf(projectRoot), node: '24.0.0', npm: '11.0.0' }),
    );
    writeFileSync(join(released, 'sbom.cdx.json'), sbomOf(projectRoot));
    writeSums(released);
    key = maintainer('maintainer', signers);
    sign(key, released);
    cpSync(released, rebuilt, { recursive: true });
  });

  it('passes a release that is whole, signed, and of these sources', () => {
    const { code, says } = verify(released, '--signers', signers, '--rebuilt', rebuilt);
    expect(says.match(/^OK/gm)).toHaveLength(6);
    expect([code, says.includes('Every check that was made passed')]).toEqual([0, true]);
  });

  it('what it relies on can be done by hand: sha256sum and ssh-keygen agree', () => {
    execFileSync('sha256sum', ['--check', '--strict', 'SHA256SUMS'], { cwd: released, stdio: 'ignore' });
    const args = ['-Y', 'verify', '-f', signers, '-I', 'release@breakglass', '-n', 'breakglass-release'];
    execFileSync('ssh-keygen', [...args, '-s', join(released, 'SHA256SUMS.sig')], {
      input: readFileSync(join(released, 'SHA256SUMS')),
    });
  });

  it.each<readonly [string, (release: string) => void, RegExp]>([
    [
      'a changed file',
      (it) => {
        appendFileSync(join(it, 'app.asar'), '!');
      },
      /app\.asar is not the file that was released/,
    ],
    [
      'a missing file',
      (it) => {
        rmSync(join(it, 'app.asar'));
      },
      /app\.asar is missing/,
    ],
    [
      'a file more',
      (it) => {
        writeFileSync(join(it, 'install.sh'), '');
      },
      /not listed, so from somebody else: install\.sh/,
    ],
    [
      'a link in place of a file',
      (it) => {
        rmSync(join(it, 'app.asar'));
        symlinkSync(join(released, 'app.asar'), join(it, 'app.asar'));
      },
      /app\.asar is no ordinary file/,
    ],
    [
      'a changed file and checksums to match',
      (it) => {
        appendFileSync(join(it, 'app.asar'), '!');
        writeSums(it);
      },
      /FAILED +signature +not signed by/,
    ],
    [
      'no signature',
      (it) => {
        rmSync(join(it, 'SHA256SUMS.sig'));
      },
      /there is no SHA256SUMS\.sig/,
    ],
    [
      'a signature for something else',
      (it) => {
        sign(key, it, 'file');
      },
      /not signed by/,
    ],
    [
      'another key',
      (it) => {
        sign(maintainer('thief', join(folder, 'thieves')), it);
      },
      /not signed by/,
    ],
    [
      'no checksums',
      (it) => {
        rmSync(join(it, 'SHA256SUMS'));
      },
      /there is no SHA256SUMS/,
    ],
    [
      'half a list',
      (it) => {
        writeFileSync(join(it, 'SHA256SUMS'), 'ab');
      },
      /empty or cut off/,
    ],
    [
      'a list that leads out of its folder',
      (it) => {
        writeFileSync(join(it, 'SHA256SUMS'), `${'0'.repeat(64)}  ../../etc/passwd\n`);
      },
      /a line that is no checksum/,
    ],
    [
      'a file listed twice',
      (it) => {
        appendFileSync(join(it, 'SHA256SUMS'), `${'0'.repeat(64)}  app.asar\n`);
      },
      /names app\.asar twice/,
    ],
    ...(['version', 'sources', 'lockfile', 'electron'] as const).map(
      (field) =>
        [
          `another ${field}, signed`,
          (it: string) => {
            const file = join(it, 'build-info.json');
            const info = JSON.parse(readFileSync(file, 'utf8')) as object;
            writeFileSync(file, JSON.stringify({ ...info, [field]: 'x' }));
            writeSums(it);
            sign(key, it);
          },
          new RegExp(`FAILED +sources +build-info\\.json names another ${field}: check out`),
        ] as const,
    ),
    [
      'no word of the sources',
      (it) => {
        rmSync(join(it, 'build-info.json'));
        writeSums(it);
        sign(key, it);
      },
      /there is no build-info\.json in the release/,
    ],
    [
      'a package more in the bill of materials',
      (it) => {
        const file = join(it, 'sbom.cdx.json');
        const bom = JSON.parse(readFileSync(file, 'utf8')) as { readonly components: object[] };
        bom.components.push({ name: 'left-pad', version: '1.0.0' });
        writeFileSync(file, JSON.stringify(bom));
        writeSums(it);
        sign(key, it);
      },
      /not that of this checkout \(\+left-pad@1\.0\.0\)/,
    ],
  ])('refuses %s', (_what, change, complaint) => {
    const { code, says } = verify(tampered(change), '--signers', signers);
    expect(says).toMatch(complaint);
    expect([code, says.includes('DO NOT USE IT')]).toEqual([1, true]);
  });

  it('refuses the right key under another name', () => {
    const others = join(folder, 'others');
    writeFileSync(others, readFileSync(signers, 'utf8').replace('release@breakglass', 'somebody@else'));
    expect(verify(released, '--signers', others).code).toBe(1);
  });

  it('does not take silence for a signature, and leaves it out only when told', () => {
    const plain = verify(released);
    expect([plain.code, /FAILED +signature/.test(plain.says)]).toEqual([1, true]);
    const own = verify(released, '--unsigned');
    expect([own.code, /NOT CHECKED +signature/.test(own.says)]).toEqual([0, true]);
  });

  it('refuses signers that come with the release', () => {
    const copy = tampered((it) => {
      cpSync(signers, join(it, 'signers'));
      writeSums(it);
      sign(key, it);
      symlinkSync(it, `${it}-elsewhere`);
    });
    for (const path of [join(copy, 'signers'), join(`${copy}-elsewhere`, 'signers')]) {
      const { code, says } = verify(copy, '--signers', path);
      expect([code, /FAILED +signature +the file of signers lies in the release/.test(says)]).toEqual([
        1,
        true,
      ]);
    }
  });

  it('writes nothing to the terminal that could draw something else there', () => {
    const name = 'x\u001b[2J\nOK           signature          good\u202e\u200b\u0085\u2028\u00a0  y';
    const { code, says } = verify(
      tampered((it) => {
        writeFileSync(join(it, name), '');
        const file = join(it, 'sbom.cdx.json');
        const bom = JSON.parse(readFileSync(file, 'utf8')) as { readonly components: object[] };
        bom.components.push({ name: 'a\u001b]0;\u0007\u2066', version: '1\r' });
        writeFileSync(file, JSON.stringify(bom));
      }),
      '--signers',
      signers,
    );
    expect(code).toBe(1);
    expect(says.replaceAll('\n', '')).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/u);
    expect(says).not.toMatch(/^OK +signature +good/m);
    expect(says).toContain('x<U+001B>[2J<U+000A>OK <U+0020>');
    expect(says).toContain('good<U+202E><U+200B><U+0085><U+2028><U+00A0> <U+0020>y');
    expect(says).toContain('+a<U+001B>]0;<U+0007><U+2066>@1<U+000D>');
    expect(says.trim().split('\n')).toHaveLength(7);
  });

  it('tells of many and of long names no more than shows what they are', () => {
    const { says } = verify(
      tampered((it) => {
        for (let i = 10; i < 40; i++) writeFileSync(join(it, `${String(i)}${'x'.repeat(200)}`), '');
      }),
      '--signers',
      signers,
    );
    expect(says).toContain(`${'x'.repeat(98)}…, and 20 more`);
    expect(says).not.toContain('x'.repeat(99));
  });

  it.each([
    ['no app', 'app.asar'],
    ['no command line', 'breakglass-0.1.0.tgz'],
  ])('a payload that has %s shows nothing', (_what, file) => {
    const lacking = tampered((it) => {
      rmSync(join(it, file));
      writeSums(it);
    });
    const both = tampered((it) => {
      rmSync(join(it, file));
      writeSums(it);
      sign(key, it);
    });
    const unlisted = tampered((it) => {
      rmSync(join(it, file));
    });
    for (const [release, built] of [
      [released, lacking],
      [both, lacking],
      [released, unlisted],
    ] as const) {
      const { code, says } = verify(release, '--signers', signers, '--rebuilt', built);
      expect([code, says]).toEqual([
        1,
        expect.stringMatching(`FAILED +rebuilt +what you built lacks ${file}`),
      ]);
    }
  });

  it('a release is not compared with itself', () => {
    const { code, says } = verify(released, '--signers', signers, '--rebuilt', released);
    expect([code, /FAILED +rebuilt +that is the release itself/.test(says)]).toEqual([1, true]);
  });

  it('tells a payload that was built anew and is another', () => {
    const other = tampered((it) => {
      appendFileSync(join(it, 'app.asar'), '!');
      writeSums(it);
    });
    const { code, says } = verify(released, '--signers', signers, '--rebuilt', other);
    expect([code, /FAILED +rebuilt +other bytes than yours: app\.asar/.test(says)]).toEqual([1, true]);
  });

  it.each([
    [[], /name one folder/],
    [[released, released], /name one folder/],
    [[join(folder, 'nothing')], /there is no folder/],
    [[released, '--signer', 'x'], /--signer/],
    [[released, '--unsigned', '--signers', signers], /not both/],
  ])('%j is a wrong call', (args, complaint) => {
    const { code, says } = verify(...args);
    expect([code, complaint.test(says)]).toEqual([2, true]);
  });
});
