import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { beforeEach, describe, expect, it } from 'vitest';

import { readRsaPrivateKey } from '../../../electron/engine/rsa/private-key.ts';
import { splitSecret } from '../../../electron/engine/shares/split.ts';
import { writeSharePages } from '../../../electron/files/share-files.ts';
import { AIR_GAP_OVERRIDE } from '../../../shared/session-state.ts';
import { faultOf, faultOfAsync } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';
import { systemRandom } from '../../random.ts';
import {
  at,
  begun,
  PASSWORD,
  PEOPLE,
  recordOf,
  secret,
  SLOW_MS,
  withFiles,
  withKey,
} from './ceremony-room.ts';
import { openRoom } from './room.ts';

/** The part of the session that holds a key ceremony: what it asks for, what it refuses, what it wipes. */

const CABLE = { name: 'eth0', up: true, loopback: false };
let medium = '';
beforeEach(() => {
  medium = makeFolder();
});

describe('the people', () => {
  it.each([
    ['count', [PEOPLE[0]!]],
    ['no witness', [PEOPLE[0]!, { name: 'Cid', role: 'custodian' }]],
    ['operator', [PEOPLE[1]!, { name: 'Cid', role: 'custodian' }]],
    ['operator', [PEOPLE[0]!, { name: 'Cid', role: 'operator' }, PEOPLE[1]!]],
    ['same name', [PEOPLE[0]!, { name: ' ANN ', role: 'witness' }]],
    ['no name', [PEOPLE[0]!, { name: ' ', role: 'witness' }]],
    ['no name', [PEOPLE[0]!, { name: 'a\u202Eb', role: 'witness' }]],
    ['no name', [PEOPLE[0]!, { name: 'x'.repeat(101), role: 'witness' }]],
  ] as const)('refused: %s', (reason, people) => {
    const room = begun();
    const fault = faultOf(() => {
      room.session.ceremony.namePeople(people);
    });
    expect(fault).toMatchObject({ code: 'ceremony.people', details: { reason } });
    at(room, 'people');
  });

  it('are on the record once, from their own step: who was named before it is not asked', async () => {
    const room = openRoom();
    room.session.airGapChanged([]);
    room.session.chooseMode('ceremony', [{ name: 'Ann', role: 'operator' }]);
    room.session.ceremony.namePeople(PEOPLE);
    room.session.end('user');
    const entries = await recordOf(room, medium);
    expect(entries.filter(({ kind }) => kind === 'people')).toMatchObject([{ people: PEOPLE }]);
  });

  it('are there still when the operator steps back, with names as they are written', () => {
    const room = begun();
    room.session.ceremony.namePeople([PEOPLE[0]!, { name: '  Bob   B. ', role: 'witness' }]);
    room.session.back();
    expect(at(room, 'people').people).toEqual([PEOPLE[0], { name: 'Bob B.', role: 'witness' }]);
    room.session.back();
    expect(room.session.state.stage.kind).toBe('prepare');
  });
});

describe('the dice', () => {
  it('are counted while they are typed, and taken only when there are enough', () => {
    const room = begun();
    const { ceremony } = room.session;
    ceremony.namePeople(PEOPLE);
    ceremony.rateDice(secret('12 34'));
    expect(at(room, 'randomness').typed).toEqual({ count: 4, entropyBits: 10, isUneven: false });
    ceremony.rateDice(secret('6'.repeat(50)));
    expect(at(room, 'randomness').typed).toEqual({ count: 50, entropyBits: 129, isUneven: true });
    expect(
      faultOf(() => {
        ceremony.rateDice(secret('127'));
      }).code,
    ).toBe('dice.malformed');
    expect(
      faultOf(() => {
        ceremony.chooseRandomness(secret('123456'));
      }).code,
    ).toBe('dice.count');
    expect(ceremony.holdsSecrets).toBe(false);
    ceremony.chooseRandomness(secret('123456'.repeat(10)));
    expect(at(room, 'key').dice).toEqual({ count: 60, entropyBits: 155, isUneven: false });
    expect(ceremony.holdsSecrets).toBe(true);
    room.session.back();
    expect(ceremony.holdsSecrets).toBe(false);
  });

  it('that are wiped while the key is made end the making, and nobody is told of a fault', async () => {
    const room = begun();
    const { ceremony } = room.session;
    ceremony.namePeople(PEOPLE);
    ceremony.chooseRandomness(secret('123456'.repeat(10)));
    const making = ceremony.makeKey();
    expect(at(room, 'key').making).toBe(true);
    room.session.back();
    expect(at(room, 'key').making).toBe(true);
    room.session.end('idle');
    await making;
    expect(ceremony.holdsSecrets).toBe(false);
    expect(room.session.state).toMatchObject({ stage: { kind: 'done' }, fault: null });
  });
});

describe('the key', () => {
  it(
    'is not made on a connected machine, until the sentence is typed',
    async () => {
      const room = begun();
      const { ceremony } = room.session;
      room.session.airGapChanged([CABLE]);
      ceremony.namePeople(PEOPLE);
      ceremony.chooseRandomness(null);
      expect((await faultOfAsync(() => ceremony.makeKey())).code).toBe('air-gap.open');
      room.session.overrideAirGap(AIR_GAP_OVERRIDE);
      await ceremony.makeKey();
      expect(at(room, 'key').key).toMatchObject({ bits: 4096 });
      expect(at(room, 'key').key?.fingerprintWords).toHaveLength(32);
    },
    SLOW_MS,
  );

  it(
    'is confirmed by each witness in their own name, and gone when the operator steps back',
    async () => {
      const room = begun();
      const { ceremony } = room.session;
      ceremony.namePeople([...PEOPLE, { name: 'Wil', role: 'witness' }]);
      ceremony.chooseRandomness(null);
      await ceremony.makeKey();
      for (const name of ['Wil', 'Ann', '']) {
        expect(
          faultOf(() => {
            ceremony.confirmFingerprint(name);
          }).code,
        ).toBe('ceremony.name');
      }
      ceremony.confirmFingerprint('bob ');
      expect(at(room, 'key').key?.confirmedBy).toEqual(['Bob']);
      ceremony.confirmFingerprint('Wil');
      at(room, 'files');
      expect(ceremony.holdsSecrets).toBe(true);
      room.session.back();
      at(room, 'randomness');
      expect(ceremony.holdsSecrets).toBe(false);
    },
    SLOW_MS,
  );
});

describe('the files', () => {
  it(
    'are refused where they may not lie, under a weak or mistyped password, or on a connected machine',
    async () => {
      const room = await withKey();
      const { files } = room.session.ceremony;
      const file = join(medium, 'file');
      writeFileSync(file, '');
      const chooses = (folder: string): string =>
        faultOf(() => {
          files.chooseFolder(folder);
        }).code;
      mkdirSync(join(medium, 'full', 'x'), { recursive: true });
      expect(chooses(join(medium, 'full'))).toBe('ceremony.folder');
      expect(chooses(file)).toBe('ceremony.folder');
      expect(chooses(join(medium, 'no', 'such'))).toBe('file.write-failed');
      const writes = async (a: string, b: string): Promise<string> =>
        (await faultOfAsync(() => files.write(secret(a), secret(b)))).code;
      expect(await writes(PASSWORD, PASSWORD)).toBe('usage.invalid');
      files.chooseFolder(join(medium, 'key'));
      expect(await writes('short', 'short')).toBe('password.too-short');
      expect(await writes(PASSWORD, `${PASSWORD}.`)).toBe('password.unavailable');
      room.session.airGapChanged([CABLE]);
      expect(await writes(PASSWORD, PASSWORD)).toBe('air-gap.open');
      expect(readdirSync(join(medium, 'key'))).toEqual([]);
      expect(room.session.ceremony.holdsSecrets).toBe(true);
      writeFileSync(join(medium, 'key', 'of somebody'), '');
      room.session.airGapChanged([]);
      expect(await writes(PASSWORD, PASSWORD)).toBe('ceremony.folder');
      at(room, 'files');
    },
    SLOW_MS,
  );

  it(
    'are removed when the session ends while they are written, and nothing secret is left',
    async () => {
      const room = await withKey();
      const { files } = room.session.ceremony;
      files.chooseFolder(join(medium, 'key'));
      const writing = files.write(secret(PASSWORD), secret(PASSWORD));
      expect(at(room, 'files').working).toBe('sealing');
      room.session.back();
      at(room, 'files');
      room.session.end('quit');
      await writing;
      expect(room.session.ceremony.holdsSecrets).toBe(false);
      expect(readdirSync(join(medium, 'key'))).toEqual([]);
    },
    SLOW_MS,
  );

  it(
    'that fail their test are removed, with the key, and that is on the record',
    async () => {
      const room = await withKey();
      const { files } = room.session.ceremony;
      files.chooseFolder(join(medium, 'key'));
      room.session.onChange(({ stage }) => {
        if (stage.kind !== 'ceremony' || stage.ceremony.step !== 'files') return;
        if (stage.ceremony.working === 'testing') {
          writeFileSync(join(medium, 'key', 'recovery-public-key.hex'), '00');
        }
      });
      await faultOfAsync(() => files.write(secret(PASSWORD), secret(PASSWORD)));
      at(room, 'randomness');
      expect(room.session.state.fault).not.toBeNull();
      expect(room.session.ceremony.holdsSecrets).toBe(false);
      expect(readdirSync(join(medium, 'key'))).toEqual([]);
      room.session.end('user');
      const entries = await recordOf(room, medium);
      expect(entries.find((entry) => entry.kind === 'test-decryption')).toMatchObject({ passed: false });
    },
    SLOW_MS,
  );
});

describe('the shares', () => {
  it(
    'can be left out: the password is wiped, everybody agrees, and the record verifies',
    async () => {
      const room = await withFiles(medium);
      const { ceremony } = room.session;
      expect(ceremony.holdsSecrets).toBe(true);
      ceremony.shares.finish();
      expect(ceremony.holdsSecrets).toBe(false);
      room.session.back();
      ceremony.agree('Ann');
      expect(
        faultOf(() => {
          ceremony.agree('Ann');
        }).code,
      ).toBe('ceremony.name');
      ceremony.agree('Bob');
      expect(at(room, 'agree').agreed).toEqual(['Ann', 'Bob']);
      const { privateKey } = at(room, 'agree').files;
      const { publicKey } = await readRsaPrivateKey(readFileSync(privateKey.file), secret(PASSWORD));
      expect(publicKey.fingerprintHex).toBe(at(room, 'agree').key.fingerprintHex);
      room.session.end('user');
      const entries = await recordOf(room, medium);
      const text = JSON.stringify(entries);
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(medium);
      expect(
        entries
          .filter((entry) => entry.kind === 'written')
          .map(({ what, sha256 }) => [what, sha256 === null]),
      ).toEqual([
        ...[
          ['public-key', false],
          ['public-key', false],
          ['public-key', false],
        ],
        ['private-key', true],
      ]);
    },
    SLOW_MS,
  );

  it.each(['password', 'file'] as const)(
    'of the %s are made, and have to be combined once',
    async (what) => {
      const room = await withFiles(medium);
      const { shares } = room.session.ceremony;
      const plan = { what, needed: 2, custodians: ['Cid', 'Dan', 'Eve'] };
      expect((await faultOfAsync(() => shares.split(plan))).code).toBe('usage.invalid');
      shares.chooseFolder(join(medium, 'pages'));
      for (const [wrong, code] of [
        [{ ...plan, needed: 4 }, 'custodian-share.counts'],
        [{ ...plan, needed: 1 }, 'custodian-share.counts'],
        [{ ...plan, custodians: ['Cid', 'cid'] }, 'ceremony.people'],
        [{ ...plan, custodians: ['Cid', ''] }, 'ceremony.people'],
      ] as const) {
        expect((await faultOfAsync(() => shares.split(wrong))).code).toBe(code);
      }
      await shares.split(plan);
      const { pages, set } = at(room, 'shares').shares!;
      expect(pages.map(({ file }) => existsSync(file))).toEqual([true, true, true]);
      expect(readFileSync(pages[1]!.file, 'utf8')).toContain('Dan');
      expect(
        faultOf(() => {
          shares.finish();
        }).code,
      ).toBe('usage.invalid');
      const [one, two, three] = pages.map(({ file }) => file);
      expect((await faultOfAsync(() => shares.combine([one!]))).code).toBe('custodian-share.too-few');
      expect((await faultOfAsync(() => shares.combine([one!, one!]))).code).toBe('custodian-share.duplicate');
      expect(at(room, 'shares').shares?.combined).toBeNull();
      await shares.combine([three!, two!]);
      expect(at(room, 'shares').shares).toMatchObject({ combined: [3, 2], set });
      shares.finish();
      expect(room.session.ceremony.holdsSecrets).toBe(false);
      at(room, 'agree');
    },
    SLOW_MS,
  );

  it(
    'of another ceremony, or of a key file that was changed since, do not pass',
    async () => {
      const room = await withFiles(medium);
      const { shares } = room.session.ceremony;
      shares.chooseFolder(join(medium, 'pages'));
      await shares.split({ what: 'file', needed: 2, custodians: ['Cid', 'Dan'] });
      const pages = at(room, 'shares').shares!.pages.map(({ file }) => file);
      const keyFile = at(room, 'shares').files.privateKey.file;
      const original = readFileSync(keyFile);
      rmSync(keyFile);
      writeFileSync(keyFile, Buffer.concat([original, Buffer.from('x')]));
      expect((await faultOfAsync(() => shares.combine(pages))).code).toBe('custodian-share.do-not-combine');
      expect(at(room, 'shares').shares?.combined).toBeNull();
      writeFileSync(keyFile, original);

      const others = await splitSecret(secret('another'), {
        ...{ needed: 2, of: 2, what: 'file', randomBytes: systemRandom },
      });
      const foreign = await writeSharePages({
        ...{ folder: makeFolder(), shares: others, custodians: [], fingerprintHex: undefined },
      });
      expect((await faultOfAsync(() => shares.combine(foreign))).code).toBe('custodian-share.other-set');
      room.session.end('user');
      const entries = await recordOf(room, medium);
      expect(entries.filter(({ kind }) => kind === 'shares-combined')).toMatchObject([{ passed: false }]);
    },
    SLOW_MS,
  );
});
