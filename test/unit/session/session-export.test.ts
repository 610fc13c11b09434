import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { sentenceFor } from '../../../shared/export-sentences.ts';
import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import { PartJournal } from '../../../electron/files/part-journal.ts';
import { Workspace } from '../../fixtures/cli.ts';
import {
  addRecoveryKey,
  addWallet,
  hex,
  makeRecoveryKey,
  makeWallet,
  registerOf,
  type TestWallet,
} from '../../fixtures/wallets.ts';
import { faultOf, faultOfAsync } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';
import { expectNoSecret, openRoom, secretTexts, stageOf, walletOf, type Room } from './room.ts';

/** The handlers of the export ask every guard themselves: what a page sends can skip none. */

const CABLE = { name: 'eth0', up: true, loopback: false };
const workspace = new Workspace();
let wallet: TestWallet;
let secrets: readonly string[];
let paths: readonly string[];
let keyFile = '';
let address = '';
let medium = '';

beforeAll(async () => {
  const key = makeRecoveryKey();
  wallet = makeWallet({ key, players: 2 });
  secrets = secretTexts(wallet, key);
  const bucket = addWallet(workspace, wallet);
  keyFile = addRecoveryKey(workspace, key, 'key/recovery.der');
  const room = await atAddresses([bucket, workspace.write('plain.csv', registerOf([wallet]))]);
  address = stageOf(room, 'addresses').recovered.addresses[0]!.address;
  paths = [bucket, workspace.write('register.csv', registerOf([{ ...wallet, address }]))];
});
afterAll(() => {
  workspace.remove();
});
beforeEach(() => {
  medium = makeFolder();
});

async function atAddresses(files: readonly string[], mode: 'live' | 'drill' = 'live'): Promise<Room> {
  const room = openRoom();
  const { session } = room;
  session.airGapChanged([]);
  session.chooseMode(mode);
  await session.addPaths(files);
  const { ref } = walletOf(room);
  session.chooseWallet(ref);
  await session.verifier.verify([ref]);
  session.beginUnlock();
  await session.keyFile.choose(keyFile);
  await session.keyFile.open(null);
  await session.reconstruct();
  stageOf(room, 'addresses');
  return room;
}

/** A room in which a key may be written to `medium`, as hex. */
async function ready(): Promise<Room> {
  const room = await atAddresses(paths);
  const { exporter } = room.session;
  exporter.begin();
  exporter.typeAddress({ lastCharacters: address.slice(-6) });
  exporter.namePeople({ operator: 'Ann', secondPerson: 'Bob' });
  exporter.agree({ secondPerson: ' bob ' });
  exporter.chooseFormat('hex');
  exporter.acceptInTheClear({ what: 'hex', sentence: sentenceFor('hex') });
  exporter.chooseDestination(join(medium, 'key.hex'));
  return room;
}

const password = (text: string): SecretBytes => new SecretBytes(new TextEncoder().encode(text));

it('the way out: a whole file, named on the record, and no secret in any state', async () => {
  const room = await ready();
  await room.session.exporter.write(null, null);
  expect(readFileSync(join(medium, 'key.hex'), 'utf8')).toBe(`${hex(wallet.walletPrivateKey)}\n`);
  expect(room.session.state.outputs).toMatchObject([
    {
      kind: 'file',
      file: join(medium, 'key.hex'),
      format: 'hex',
      bytes: 65,
      path: 'm/0',
      passwordIsNfc: null,
    },
  ]);
  expectNoSecret(room.pushed, secrets);
});

describe('a guard that falls before the writing', () => {
  it.each<readonly [string, (room: Room) => void]>([
    [
      'air-gap',
      ({ session }) => {
        session.airGapChanged([CABLE]);
      },
    ],
    [
      'second-person',
      ({ session }) => {
        session.exporter.namePeople({ operator: 'Cid', secondPerson: 'Dan' });
      },
    ],
  ])('%s: refused, and no file', async (missing, fall) => {
    const room = await ready();
    fall(room);
    expect(await faultOfAsync(() => room.session.exporter.write(null, null))).toEqual({
      code: 'guard.export-refused',
      details: { missing },
    });
    expect(readdirSync(medium)).toEqual([]);
  });

  it('the network comes up while the key is encrypted: refused, and nothing is left', async () => {
    const room = await ready();
    const { session } = room;
    session.exporter.chooseFormat('pke1');
    session.exporter.chooseDestination(join(medium, 'key.pke1'));
    const writing = session.exporter.write(password('a long passphrase'), password('a long passphrase'));
    expect(stageOf(room, 'export').draft.writing).toBe('encoding');
    session.airGapChanged([CABLE]);
    expect((await faultOfAsync(() => writing)).code).toBe('guard.export-refused');
    expect(readdirSync(medium)).toEqual([]);
    expect(stageOf(room, 'export').draft.writing).toBeNull();
    expect(session.state.outputs).toEqual([]);
  });

  it('the session ends while the key is encrypted: nothing is written', async () => {
    const room = await ready();
    const { session } = room;
    session.exporter.chooseFormat('pke1');
    session.exporter.chooseDestination(join(medium, 'key.pke1'));
    const writing = session.exporter.write(password('a long passphrase'), password('a long passphrase'));
    session.end('idle');
    await writing;
    expect(readdirSync(medium)).toEqual([]);
    expect(session.state.outputs).toEqual([]);
  });
});

describe('what is refused on the way', () => {
  it('a drill', async () => {
    const room = await atAddresses(paths, 'drill');
    expect(
      faultOf(() => {
        room.session.exporter.begin();
      }),
    ).toEqual({
      code: 'guard.export-refused',
      details: { missing: 'live' },
    });
    stageOf(room, 'addresses');
  });

  it.each<readonly [string, (room: Room) => void, string]>([
    [
      'another address',
      ({ session }) => {
        session.exporter.typeAddress({ lastCharacters: 'zzzzzz' });
      },
      'guard.address-not-confirmed',
    ],
    [
      'the same person',
      ({ session }) => {
        session.exporter.namePeople({ operator: 'Ann', secondPerson: 'ANN' });
      },
      'guard.second-person',
    ],
    [
      'no name',
      ({ session }) => {
        session.exporter.namePeople({ operator: 'Ann', secondPerson: ' ' });
      },
      'guard.second-person',
    ],
    [
      'a name that turns the line',
      ({ session }) => {
        session.exporter.namePeople({ operator: 'Ann', secondPerson: 'Bob\u202e' });
      },
      'guard.second-person',
    ],
    [
      'another name',
      ({ session }) => {
        session.exporter.agree({ secondPerson: 'Ann' });
      },
      'guard.second-person',
    ],
    [
      'another sentence',
      ({ session }) => {
        session.exporter.acceptInTheClear({ what: 'wif', sentence: sentenceFor('xprv') });
      },
      'guard.sentence',
    ],
    [
      'a place beside the key',
      ({ session }) => {
        session.exporter.chooseDestination(join(workspace.folder, 'key/key.hex'));
      },
      'guard.backup-beside-key',
    ],
  ])('%s', async (_name, act, code) => {
    const room = await ready();
    expect(
      faultOf(() => {
        act(room);
      }).code,
    ).toBe(code);
  });

  it('passwords: none, two that differ, too short; and the NFC of one that is kept as it is', async () => {
    const room = await ready();
    const { exporter } = room.session;
    exporter.chooseFormat('pke1');
    exporter.chooseDestination(join(medium, 'key.pke1'));
    const write = (first: string | null, second: string | null) =>
      exporter.write(first === null ? null : password(first), second === null ? null : password(second));
    expect((await faultOfAsync(() => write(null, null))).code).toBe('password.required');
    expect((await faultOfAsync(() => write('a long passphrase', 'a long passphrasE'))).code).toBe(
      'password.unavailable',
    );
    expect((await faultOfAsync(() => write('eleven char', 'eleven char'))).code).toBe('password.too-short');
    const decomposed = 'Pässwörd mit Umlaut'.normalize('NFD');
    await write(decomposed, decomposed);
    expect(room.session.state.outputs).toMatchObject([{ format: 'pke1', bytes: 80, passwordIsNfc: false }]);
  });

  it('a file that came to be there since it was chosen', async () => {
    const room = await ready();
    mkdirSync(join(medium, 'key.hex'));
    expect((await faultOfAsync(() => room.session.exporter.write(null, null))).code).toBe(
      'guard.output-exists',
    );
  });
});

describe('the key on the screen', () => {
  it('takes its own word, and the window is told what it is and no more', async () => {
    const room = await ready();
    const { exporter } = room.session;
    expect(await faultOfAsync(() => exporter.reveal())).toEqual({
      code: 'guard.export-refused',
      details: { missing: 'in-the-clear' },
    });
    exporter.acceptInTheClear({ what: 'reveal', sentence: sentenceFor('reveal') });
    await exporter.reveal();
    const shown = room.reveals.now!;
    expect(shown.facts.forms).toEqual(['hex', 'base64', 'wif', 'wif-testnet']);
    expect(shown.textOf('hex').use((bytes) => new TextDecoder().decode(bytes))).toBe(
      hex(wallet.walletPrivateKey),
    );
    expect(() => shown.textOf('words')).toThrow();
    expect(room.session.state.outputs).toEqual([{ kind: 'shown', path: 'm/0' }]);
    expectNoSecret([room.pushed, shown.facts], secrets);
  });

  it.each<readonly [string, (room: Room) => void]>([
    [
      'a step back',
      ({ session }) => {
        session.back();
      },
    ],
    [
      'the end',
      ({ session }) => {
        session.end('user');
      },
    ],
    [
      'a network that comes up',
      ({ session }) => {
        session.airGapChanged([CABLE]);
      },
    ],
  ])('is gone with %s', async (_name, act) => {
    const room = await ready();
    room.session.exporter.acceptInTheClear({ what: 'reveal', sentence: sentenceFor('reveal') });
    await room.session.exporter.reveal();
    const shown = room.reveals.now!;
    act(room);
    expect(room.reveals.now).toBeUndefined();
    expect(() => shown.textOf('hex')).toThrow('wiped');
  });

  it('a passphrase is shown there too, and stands in no state', async () => {
    const room = await ready();
    await room.session.exporter.showPassphrase();
    const phrase = room.reveals.now!.textOf('words').use((bytes) => new TextDecoder().decode(bytes));
    expect(phrase.split(' ')).toHaveLength(7);
    expectNoSecret(room.pushed, [phrase]);
  });
});

it('what a killed run left is found at the start, and removed when asked', () => {
  const part = join(medium, '.breakglass-part-0123456789abcdef');
  writeFileSync(part, 'half a key');
  const journal = new PartJournal(join(medium, 'data/unfinished.json'));
  journal.begin(part);
  const { session } = openRoom(undefined, journal);
  expect(session.state.unfinished).toEqual([part]);
  session.removeUnfinished();
  expect(session.state.unfinished).toEqual([]);
  expect(existsSync(part)).toBe(false);
});

it('back at the addresses the key is still there, and another path needs everything anew', async () => {
  const room = await ready();
  const { session } = room;
  session.derivePath('m/1');
  expect(stageOf(room, 'export').recovered.path).toBe('m/0');
  session.back();
  session.derivePath('m/1');
  expect(stageOf(room, 'addresses').recovered.comparison).toBe('mismatched');
  session.exporter.begin();
  expect((await faultOfAsync(() => session.exporter.write(null, null))).details['missing']).toBe(
    'expected-address, typed-address, second-person',
  );
  expect(existsSync(join(medium, 'key.hex'))).toBe(false);
});
