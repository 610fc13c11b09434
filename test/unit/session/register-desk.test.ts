import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { parseRegister } from '../../../electron/record/register.ts';
import { REGISTER_ROWS_AT_ONCE, type OpenRegister } from '../../../shared/register-desk.ts';
import type { RegisterDraft } from '../../../shared/register.ts';
import { Workspace } from '../../fixtures/cli.ts';
import { addWallet, makeRecoveryKey, makeWallet, type TestWallet } from '../../fixtures/wallets.ts';
import { faultOf, faultOfAsync } from '../../fixtures/faults.ts';
import { openRoom, type Room } from './room.ts';

const workspace = new Workspace();
let wallets: readonly TestWallet[];

beforeAll(() => {
  const key = makeRecoveryKey();
  wallets = Array.from({ length: 4 }, () => makeWallet({ key, players: 2 }));
  for (const wallet of wallets) addWallet(workspace, wallet);
});
afterAll(() => {
  workspace.remove();
});

const draftFor = (keyId: string, more: Partial<RegisterDraft> = {}): RegisterDraft => ({
  key_id: keyId,
  quorum_id: randomUUID(),
  key_algorithm: 'SECP256K1',
  address: '',
  environment: '',
  bucket: '',
  note: '',
  ...more,
});

const deskOf = ({ session }: Room): Room['session']['tools']['registers'] => session.tools.registers;

/** What the page sees of the register. */
function shown({ session }: Room): OpenRegister {
  const { stage } = session.state;
  if (stage.kind !== 'register' || stage.open === null) throw new Error('no register is open');
  return stage.open;
}

/** A room with an empty register on the desk. */
function emptyDesk(): Room {
  const room = openRoom();
  deskOf(room).begin();
  deskOf(room).startEmpty();
  return room;
}

/** A register file of many rows. */
function manyRows(count: number): string {
  const rows = Array.from(
    { length: count },
    (_, i) => `${randomUUID()},${randomUUID()},ED25519,,owner-${i}.`,
  );
  return workspace.write(
    `many-${count}.csv`,
    ['key_id,quorum_id,key_algorithm,address,owner', ...rows, ''].join('\n'),
  );
}

describe('a register on the desk', () => {
  it('is reached from the first screen only, and left to it', () => {
    const room = openRoom();
    room.session.chooseMode('drill');
    deskOf(room).begin();
    expect(room.session.state.stage.kind).toBe('load');
    room.session.back();
    deskOf(room).begin();
    expect(room.session.state.stage).toEqual({ kind: 'register', open: null });
    room.session.back();
    expect(room.session.state.stage.kind).toBe('prepare');
    deskOf(room).startEmpty();
    deskOf(room).add(draftFor(randomUUID()));
    expect(room.session.state.stage.kind).toBe('prepare');
  });

  it('says what is unsaved, and no more once it is written or undone', async () => {
    const room = emptyDesk();
    const desk = deskOf(room);
    expect(shown(room)).toMatchObject({ file: null, unsaved: false, total: 0 });
    const [first, second] = [randomUUID(), randomUUID()];
    desk.add(draftFor(first, { note: 'one' }));
    desk.add(draftFor(second.toUpperCase()));
    expect(shown(room)).toMatchObject({ unsaved: true, total: 2 });
    const file = workspace.path('new.csv');
    await desk.save('csv', file);
    expect([...parseRegister(readFileSync(file)).keys()]).toEqual([first, second]);
    expect(shown(room)).toMatchObject({ file, unsaved: false });
    desk.remove(first);
    expect(shown(room)).toMatchObject({ unsaved: true, total: 1, removed: first });
    desk.putBack();
    expect(shown(room)).toMatchObject({ unsaved: false, total: 2, removed: null });
    expect(shown(room).rows.map(({ draft }) => draft.key_id)).toEqual([first, second]);
    desk.remove(first);
    desk.change(second, draftFor(second, { note: 'two' }));
    desk.putBack();
    expect(shown(room)).toMatchObject({ total: 1, removed: null });
  });

  it('is unsaved while a row is typed that is not sent', () => {
    const room = emptyDesk();
    deskOf(room).markTyped(true);
    expect(shown(room)).toMatchObject({ unsaved: true, total: 0 });
    deskOf(room).markTyped(false);
    expect(shown(room)).toMatchObject({ unsaved: false, total: 0 });
  });

  it('is never written over a file that is there', async () => {
    const room = emptyDesk();
    const file = workspace.write('there.json', 'mine');
    deskOf(room).add(draftFor(randomUUID()));
    const fault = await faultOfAsync(() => deskOf(room).save('json', file));
    expect(fault.code).toBe('guard.output-exists');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(shown(room).unsaved).toBe(true);
  });

  it('suggests a name beside the one that was opened', async () => {
    const room = openRoom();
    const desk = deskOf(room);
    expect(desk.suggestedName('csv')).toBeUndefined();
    desk.begin();
    expect(desk.suggestedName('csv')).toBeUndefined();
    await desk.open(manyRows(1));
    expect(desk.suggestedName('json')).toBe('many-1-new.json');
    desk.startEmpty();
    expect(desk.suggestedName('csv')).toBe('register.csv');
  });

  it('names the field of a row that is not taken, and keeps what was there', () => {
    const room = emptyDesk();
    const keyId = randomUUID();
    deskOf(room).add(draftFor(keyId));
    const before = shown(room);
    const tries: readonly (readonly [string, RegisterDraft])[] = [
      ['quorum_id', draftFor(randomUUID(), { quorum_id: 'x' })],
      ['environment', draftFor(randomUUID(), { environment: 'test' })],
      ['key_id', draftFor(keyId)],
    ];
    for (const [field, draft] of tries) {
      const fault = faultOf(() => {
        deskOf(room).add(draft);
      });
      expect(fault).toMatchObject({ code: 'register.row-invalid', details: { field } });
    }
    expect(shown(room)).toEqual(before);
    expect(room.session.state.fault).toBeNull();
  });

  it('a file that is no register changes nothing and is named', async () => {
    const room = emptyDesk();
    deskOf(room).add(draftFor(randomUUID()));
    const before = shown(room);
    const file = workspace.write('bad.csv', 'key_id,quorum_id,key_algorithm,address\nx,y,z,\n');
    const fault = await faultOfAsync(() => deskOf(room).open(file));
    expect(fault).toMatchObject({ code: 'register.malformed', details: { file, line: 2 } });
    expect(shown(room)).toEqual(before);
  });

  it('warns of both worlds as soon as a row makes it so', () => {
    const room = emptyDesk();
    deskOf(room).add(draftFor(randomUUID(), { environment: 'sandbox' }));
    expect(shown(room).warnings).toEqual([]);
    deskOf(room).add(draftFor(randomUUID(), { environment: 'Production' }));
    expect(shown(room).warnings).toMatchObject([{ code: 'register.mixed-environments' }]);
  });
});

describe('two thousand rows', () => {
  it('are shown by page and filter: the state never carries them all', async () => {
    const room = openRoom();
    const desk = deskOf(room);
    desk.begin();
    await desk.open(manyRows(2000));
    expect(shown(room)).toMatchObject({ total: 2000, found: 2000, page: 0 });
    expect(shown(room).rows).toHaveLength(REGISTER_ROWS_AT_ONCE);
    desk.show('', 39);
    expect(shown(room).rows.at(-1)?.further).toEqual({ owner: 'owner-1999.' });
    desk.show('', 9999);
    expect(shown(room).page).toBe(39);
    desk.show('OWNER-1777.', 0);
    expect(shown(room)).toMatchObject({ found: 1, rows: [{ further: { owner: 'owner-1777.' } }] });
    const { key_id: keyId, ...rest } = shown(room).rows[0]!.draft;
    desk.change(keyId, { ...rest, key_id: keyId, note: 'changed' });
    expect(shown(room)).toMatchObject({ unsaved: true, filter: 'OWNER-1777.', found: 1 });
    expect(shown(room).rows[0]).toMatchObject({
      draft: { note: 'changed' },
      further: { owner: 'owner-1777.' },
    });
    const added = randomUUID();
    desk.add(draftFor(added));
    expect(shown(room)).toMatchObject({ filter: '', page: 40, total: 2001 });
    expect(shown(room).rows.at(-1)?.draft.key_id).toBe(added);
    for (const { stage } of room.pushed)
      expect(JSON.stringify(stage).length).toBeLessThan(REGISTER_ROWS_AT_ONCE * 600);
  });
});

describe('a comparison with a bucket', () => {
  /** A desk whose register lists two of the bucket's wallets, and one that is not there. */
  function halfListed(): Room {
    const room = emptyDesk();
    for (const { keyId } of wallets.slice(0, 2)) deskOf(room).add(draftFor(keyId));
    deskOf(room).add(draftFor(randomUUID()));
    return room;
  }

  const found = (room: Room): readonly string[] => {
    const { comparison } = shown(room);
    if (comparison.kind !== 'done') throw new Error(comparison.kind);
    return comparison.findings.map(({ found: it }) =>
      it.kind === 'fault' ? it.fault.code : it.warning.code,
    );
  };

  it('tells faults before warnings, and follows the rows that are changed', async () => {
    const room = halfListed();
    const desk = deskOf(room);
    await desk.compare([workspace.path('bucket')]);
    expect(shown(room).comparison).toMatchObject({ kind: 'done', wallets: 4, found: 5, faults: 3 });
    expect(found(room)).toEqual([
      'register.not-listed',
      'register.not-listed',
      'register.files-missing',
      'register.no-address',
      'register.no-address',
    ]);
    desk.add(draftFor(wallets[2]!.keyId, { address: '0xabc' }));
    expect(shown(room).comparison).toMatchObject({ found: 5, faults: 3 });
    expect(found(room)).toContain('address.mismatch');
    desk.change(wallets[2]!.keyId, draftFor(wallets[2]!.keyId, { key_algorithm: 'ED25519' }));
    expect(found(room)).toContain('kit.key-algorithm-mismatch');
    desk.remove(wallets[2]!.keyId);
    expect(found(room).filter((code) => code === 'register.not-listed')).toHaveLength(2);
    desk.putBack();
    expect(found(room).filter((code) => code === 'register.not-listed')).toHaveLength(1);
  });

  it('says how far it is, and stops at once', async () => {
    const room = halfListed();
    const desk = deskOf(room);
    room.session.onChange(({ stage }) => {
      if (stage.kind === 'register' && stage.open?.comparison.kind === 'running')
        if (stage.open.comparison.wallets === 2)
          queueMicrotask(() => {
            desk.stopComparing();
          });
    });
    await desk.compare([workspace.path('bucket')]);
    expect(shown(room).comparison).toEqual({ kind: 'stopped', wallets: 2 });
    const running = room.pushed.flatMap(({ stage }) =>
      stage.kind === 'register' && stage.open?.comparison.kind === 'running'
        ? [stage.open.comparison.wallets]
        : [],
    );
    expect(running).toEqual([0, 1, 2]);
  });

  it('ends when the register is left or another is opened', async () => {
    for (const leave of [
      (room: Room) => {
        room.session.back();
      },
      (room: Room) => {
        deskOf(room).startEmpty();
      },
    ]) {
      const room = halfListed();
      const comparing = deskOf(room).compare([workspace.path('bucket')]);
      leave(room);
      await comparing;
      const { stage } = room.session.state;
      if (stage.kind === 'register') expect(stage.open?.comparison).toEqual({ kind: 'none' });
      else expect(stage.kind).toBe('prepare');
    }
  });

  it('a folder without kits is the fault of the call, and leaves the register as it is', async () => {
    const room = halfListed();
    workspace.write('nothing/readme.md', 'x');
    const fault = await faultOfAsync(() => deskOf(room).compare([workspace.path('nothing')]));
    expect(fault.code).toBe('folder.no-kits');
    expect(shown(room).comparison).toEqual({ kind: 'none' });
    expect(existsSync(workspace.path('bucket'))).toBe(true);
  });

  it('a row may be changed while files are read', async () => {
    const room = halfListed();
    const desk = deskOf(room);
    const comparing = desk.compare([workspace.path('bucket')]);
    for (const { keyId } of wallets.slice(2)) desk.add(draftFor(keyId));
    await comparing;
    expect(found(room)).not.toContain('register.not-listed');
  });
});
