import { readFileSync } from 'node:fs';

import { afterAll, describe, expect, it } from 'vitest';

import { headWords } from '../../../electron/engine/words/head-words.ts';
import { signFile, SIGNATURE_EXTENSION } from '../../../electron/engine/signature/signing-key.ts';
import { sshPublicKeyLine } from '../../../electron/engine/signature/ssh-public-key.ts';
import { publicKeyOf } from '../../../electron/engine/signature/ed25519.ts';
import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import type { RecordCheckView } from '../../../shared/record-check.ts';
import { Workspace } from '../../fixtures/cli.ts';
import { faultOf, faultOfAsync } from '../../fixtures/faults.ts';
import { fullRecorder } from '../../fixtures/records.ts';
import { openRoom, type Room } from './room.ts';

const workspace = new Workspace();
afterAll(() => {
  workspace.remove();
});

const recorder = fullRecorder();
const bytes = recorder.file();
const record = workspace.write('record.json', bytes);
const key = { kind: 'ssh', seed: new SecretBytes(new Uint8Array(32).fill(7)) } as const;
const signature = workspace.write(
  `record.json${SIGNATURE_EXTENSION.ssh}`,
  signFile(bytes, key, 'record.json'),
);
const publicKey = workspace.write('signer.pub', `${sshPublicKeyLine(publicKeyOf(key.seed), 'Ada')}\n`);

const checkerOf = ({ session }: Room): Room['session']['tools']['recordCheck'] => session.tools.recordCheck;

/** What the page sees of the record. */
function shown({ session }: Room): RecordCheckView {
  const { stage } = session.state;
  if (stage.kind !== 'record-check' || stage.check === null) throw new Error('no record is chosen');
  return stage.check;
}

/** How a check ended. */
function outcomeOf(room: Room, name: string): readonly string[] {
  return shown(room)
    .checks.filter(({ check }) => check === name)
    .map(({ outcome }) => outcome);
}

/** A room in which a record was chosen. */
async function roomWith(file: string): Promise<Room> {
  const room = openRoom();
  checkerOf(room).begin();
  await checkerOf(room).choose(file);
  return room;
}

describe('a record of another session', () => {
  it('is checked by itself, and summed up', async () => {
    const room = await roomWith(record);
    const { sound, summary, headHex, headWords: words } = shown(room);
    expect(sound).toBe(true);
    expect(headHex).toBe(recorder.head);
    expect(words).toEqual(headWords(recorder.head!));
    expect(summary).toMatchObject({ mode: 'live', closed: true, from: '2026-11-28T18:30:01.250Z' });
    expect(summary?.people).toHaveLength(2);
    expect(summary?.outcome[0]).toEqual({ good: true, text: '1 backup was verified and found valid.' });
    expect(outcomeOf(room, 'signature')).toEqual(['not-checked']);
    expect(outcomeOf(room, 'head')).toEqual(['not-checked']);
    expect(room.session.state.record.entries).toBe(0);
  });

  it('is held against signature, public key and words, in any order', async () => {
    const room = await roomWith(record);
    const checker = checkerOf(room);
    await checker.add('signatures', [signature]);
    expect(outcomeOf(room, 'signature')).toEqual(['warning']);
    await checker.add('public-keys', [publicKey]);
    expect(outcomeOf(room, 'signature')).toEqual(['passed']);
    await checker.add('signatures', [signature]);
    expect(shown(room).signatures).toEqual([signature]);
    checker.typeHead(headWords(recorder.head!).join('\n'));
    expect(outcomeOf(room, 'head')).toEqual(['passed']);
    checker.typeHead(headWords('00'.repeat(32)).join(' '));
    expect(outcomeOf(room, 'head')).toEqual(['failed']);
    expect(shown(room)).toMatchObject({ sound: false, headTyped: true });
    const malformed = faultOf(() => {
      checker.typeHead('three words only');
    });
    expect(malformed.code).toBe('words.malformed');
    checker.typeHead('  ');
    expect(shown(room)).toMatchObject({ sound: true, headTyped: false });
  });

  it('of another record, a signature does not fit', async () => {
    const other = workspace.write('other.json', fullRecorder('drill').file());
    const room = await roomWith(other);
    await checkerOf(room).add('public-keys', [publicKey]);
    await checkerOf(room).add('signatures', [signature]);
    expect(outcomeOf(room, 'signature')).toEqual(['failed']);
    expect(shown(room).sound).toBe(false);
    await checkerOf(room).choose(record);
    expect(shown(room)).toMatchObject({ signatures: [], publicKeys: [publicKey], sound: true });
  });

  it('that was changed is not summed up, and no page is made of it', async () => {
    const text = new TextDecoder().decode(bytes).replace('Ada', 'Eve');
    const room = await roomWith(workspace.write('changed.json', text));
    expect(shown(room)).toMatchObject({ sound: false, summary: null });
    expect(outcomeOf(room, 'chain')).toEqual(['failed']);
    expect(checkerOf(room).suggestedName('pdf')).toBeUndefined();
    const page = workspace.path('changed.html');
    expect((await faultOfAsync(() => checkerOf(room).save('html', page))).code).toBe('usage.invalid');
  });

  it('that is none is told as that; what can’t be read leaves what was there', async () => {
    const room = await roomWith(workspace.write('x.json', 'no record'));
    expect(shown(room)).toMatchObject({ sound: false, headHex: null, summary: null });
    const before = shown(room);
    const missing = workspace.path('missing.json');
    expect((await faultOfAsync(() => checkerOf(room).choose(missing))).code).toBe('file.not-found');
    const noKey = workspace.write('no.pub', 'hello');
    const fault = await faultOfAsync(() => checkerOf(room).add('public-keys', [noKey]));
    expect(fault).toMatchObject({ code: 'signing-key.not-understood', details: { file: noKey } });
    expect(shown(room)).toEqual(before);
  });

  it('made by another build is a word, and no fault of the record', async () => {
    const room = openRoom(undefined, undefined, () => null, 'ab'.repeat(32));
    checkerOf(room).begin();
    await checkerOf(room).choose(record);
    expect(outcomeOf(room, 'app')).toEqual(['failed']);
    expect(shown(room).sound).toBe(true);
  });

  it('is written as a page, to a new file only', async () => {
    const room = await roomWith(record);
    expect(checkerOf(room).suggestedName('html')).toBe('record.html');
    const page = workspace.path('page.html');
    await checkerOf(room).save('html', page);
    await checkerOf(room).save('pdf', workspace.path('page.pdf'));
    expect(readFileSync(page, 'utf8')).toContain('Record of a live recovery');
    expect(shown(room).pages).toEqual([page, workspace.path('page.pdf')]);
    expect((await faultOfAsync(() => checkerOf(room).save('html', page))).code).toBe('guard.output-exists');
  });
});
