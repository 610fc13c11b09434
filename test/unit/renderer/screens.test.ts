import { describe, expect, it } from 'vitest';

import { pageOf, wordsOf } from './render.ts';
import { SAMPLES, session } from './sample-states.ts';
import { bucket, loaded, NO_LABEL, ref, wallet } from './sample-parts.ts';
import { TOOL_SAMPLES } from './tool-states.ts';

const ALL = { ...SAMPLES, ...TOOL_SAMPLES };

const page = (name: string): string => wordsOf(pageOf(ALL[name]!));

const MODE_NAMES = {
  live: 'LIVE RECOVERY',
  drill: 'A rehearsal',
  bucket: 'BUCKET CHECK',
  ceremony: 'KEY CEREMONY',
};

describe('every screen', () => {
  it.each(Object.keys(ALL))('%s says its mode, its step and its one title', (name) => {
    const html = pageOf(ALL[name]!);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html.match(/aria-current="step"/g)).toHaveLength(1);
    const { mode } = ALL[name]!;
    expect(html).toContain(mode === null ? 'No mode chosen' : MODE_NAMES[mode]);
    expect(html).toContain(`frame-${mode ?? 'none'}`);
  });

  it.each(Object.keys(ALL))('%s has at most one main button, and no inline style or script', (name) => {
    const html = pageOf(ALL[name]!);
    expect((html.match(/button-main/g) ?? []).length - (html.includes('End this session?') ? 1 : 0)).toBe(1);
    expect(html).not.toMatch(/ style=|<style|<script| on[a-z]+=/);
  });
});

describe('what each screen says', () => {
  it.each([
    ['prepare', ['Drill', 'Live recovery', 'enp0s31f6', 'down', 'Have these at hand']],
    ['prepare-open', ['This machine is connected', 'wlp2s0', 'up', 'will not unlock']],
    ['prepare-unfinished', ['An unfinished key file was left behind', '.breakglass-part-', 'Remove it']],
    ['prepare', ['Edit a register of wallets', 'Check a record']],
    ['register-none', ['Open a register', 'Start an empty one', 'never over one that is there']],
    ['register-empty', ['A new register, in no file yet', 'Add the first one']],
    [
      'register-many',
      ['2000 wallets', '1 to 50 of 2000 wallets', 'owner: treasury', 'Save as CSV', 'Saved:'],
    ],
    ['register-unsaved', ['Not saved', 'A row was removed', 'Put it back', 'wallets of both worlds']],
    ['register-comparing', ['612 wallets read so far', 'Stop']],
    ['register-stopped', ['The comparison was stopped', 'Compare again']],
    [
      'register-compared',
      [
        '7 things do not agree',
        '1 worth a word',
        '2 links, pipes and folders too deep were not looked into',
        'Add its row',
        'acme-old',
        'odd/recovery_shard-0.txt',
        'The row has no address',
      ],
    ],
    ['register-agrees', ['Register and bucket agree', '2000 wallets of the bucket were read.']],
    ['record-none', ['Choose the record']],
    [
      'record-good',
      [
        'This record is as it was',
        'The clock went back at entry 4',
        'another build than this one',
        'Signed by ada@example.org, with the key SHA256:abc',
        'Ada Ørsted, operator',
        'Save the page as PDF',
      ],
    ],
    ['record-written', ['Page written to /media/usb/page.pdf']],
    ['record-bad', ['This record did not pass', 'Don’t rely on this record', 'Choose another record']],
    ['load-mixed', ['wallets of both worlds', '1 sandbox', '2 production']],
    ['load-empty', ['Drop a folder or files here', 'Add files', 'Add folder']],
    ['load-one', ['quorum id needed', 'Quorum id', 'Use these ids', 'Verify without it']],
    ['load-known', ['Verify this wallet', 'Change ids', '3f9c 20b1 7d0e 4a55']],
    ['load-many', ['2000 wallets', '50 of 2000 wallets shown', '5 files can’t be used']],
    ['verify-waiting', ['Check the backup', 'waiting', 'Player 0', 'Player 2']],
    ['verify-running', ['running', '11 of 19 checks done', 'Stop']],
    ['verify-good', ['This backup is good', 'Continue to unlock', '6ba7b810-9dad-11d1-80b4-00c04fd430c8']],
    [
      'verify-label',
      ['The quorum id or the key id is not the one', 'Change', 'label.mismatch', 'not reached'],
    ],
    ['verify-damaged', ['Ciphertext 17 of player 1', 'index 17', 'Get the kit again']],
    ['verify-unknown', ['not checked', 'Enter the ids']],
    ['unlock-none', ['Choose the key file', 'HSM or token']],
    ['unlock-file', ['recovery-2024.p8', 'encrypted with a password', 'Password of the file']],
    ['unlock-wrong', ['The password does not open the file', 'keyboard layout']],
    [
      'unlock-blocked',
      ['The air gap is open', 'wlp2s0', 'I accept that this machine is connected to a network'],
    ],
    ['reconstruct-ready', ['Share of player 0', 'Rebuild the key']],
    ['reconstruct-running', ['rebuilt', 'decrypting', '1 of 3 players']],
    ['reconstruct-failed', ['The key was not rebuilt', 'The share of player 1 can’t be rebuilt']],
    ['addresses-matched', ['as registered', 'Finish and wipe', 'Export the key', 'Another path']],
    ['addresses-mismatched', ['none of these', 'Export will be refused']],
    ['addresses-drill', ['no address for this wallet', '1024 bits']],
    ['ceremony-people', ['Who is here?', 'Operator, at the keyboard', 'Witness 1', 'Name these people']],
    ['ceremony-randomness', ['The system’s and a die', 'can’t make it weaker']],
    ['ceremony-blocked', ['The air gap is open', 'the ceremony must go on', 'wlp2s0']],
    ['ceremony-make', ['Make the key', '100 rolls, 258 bits']],
    ['ceremony-witness', ['Bob: do the words agree', 'cowbell', '3f9c', 'Confirmed by 0 of 1']],
    ['ceremony-files', ['Write and try the files', 'Very weak', '/media/usb/key']],
    ['ceremony-files-work', ['Palisade', '550 bytes', 'keep it offline', 'write in two ways']],
    ['ceremony-print', ['Set QPZR-Y9X8', 'share-2.html', 'How to print', 'Combine any 2 of them once']],
    ['ceremony-failed', ['Shares of this set could not be combined', 'Split anew', 'destroyed']],
    [
      'ceremony-again',
      [
        ...['Set 8GF2-TVDW', 'Destroy the earlier set', 'Set QPZR-Y9X8 was given up'],
        ...['could not be combined', '2 good ones of it may still give the password back'],
        ...['delete its 3 pages in /media/usb/pages', 'Breakglass deletes none'],
      ],
    ],
    ['ceremony-agree', ['Bob: do you agree?', 'witness', 'Any 2 of 3 custodians', '1 of 2 agreed']],
    ['done-ceremony', ['The ceremony broke off', 'Turn the machine off']],
    ['done-drill', ['wiped', 'You ended it', 'Start again', 'printed record']],
    ['done-idle', ['left alone', 'Your work is not lost']],
  ] as const)('%s', (name, words) => {
    const said = page(name);
    for (const each of words) expect(said).toContain(each);
  });

  it('asks on the first screen who is here, but for a ceremony, which asks in its own step', () => {
    for (const mode of [null, 'live', 'drill', 'bucket'] as const)
      expect(wordsOf(pageOf(session(mode, { kind: 'prepare' })))).toContain('Who is here');
    expect(wordsOf(pageOf(session('ceremony', { kind: 'prepare' })))).not.toContain('Who is here');
  });

  it('offers to split anew only where shares could not be combined', () => {
    expect(page('ceremony-print')).not.toContain('Split anew');
    expect(page('ceremony-again')).not.toContain('Split anew');
  });

  it('asks for the sentence only in a live recovery with an open, not accepted air gap', () => {
    const blocked = SAMPLES['unlock-blocked']!;
    expect(wordsOf(pageOf({ ...blocked, mode: 'drill' }))).not.toContain('I accept');
    const accepted = { ...blocked, airGap: { ...blocked.airGap, overridden: true } };
    expect(wordsOf(pageOf(accepted))).not.toContain('The sentence, word for word');
    expect(wordsOf(pageOf(accepted))).toContain('accepted, on record');
  });

  it('asks for no password where the file needs none', () => {
    const { stage } = SAMPLES['unlock-file']!;
    if (stage.kind !== 'unlock') throw new Error('another stage');
    const keyFile = { file: '/k.der', kind: 'pkcs8-der', needsPassword: false };
    expect(pageOf(session('drill', { ...stage, keyFile }))).not.toContain('type="password"');
    expect(pageOf(session('drill', { ...stage, keyFile: { ...keyFile, kind: 'unknown-binary' } }))).toContain(
      'type="password"',
    );
  });

  it('goes on without a label-made proof only where the label is known', () => {
    const stage = (labelKnown: boolean) => ({
      kind: 'verify' as const,
      loaded: loaded([wallet({ verification: NO_LABEL, labelKnown })]),
      wallet: ref('wallet-0'),
    });
    expect(wordsOf(pageOf(session('live', stage(true))))).toContain('Continue to unlock');
    expect(wordsOf(pageOf(session('live', stage(false))))).not.toContain('Continue to unlock');
  });

  it('writes addresses so that a copy has no blanks', () => {
    const html = pageOf(SAMPLES['addresses-drill']!);
    const copied = html.replaceAll(/<[^>]*>/g, '');
    expect(copied).toContain('0xa198b9FFDEB57346aeBdA4D9335885430A72483e');
    expect(copied).toContain('bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr');
  });

  it('draws a bucket of two thousand wallets in parts', () => {
    const html = pageOf(session('drill', { kind: 'load', loaded: loaded(bucket(2000)), loading: false }));
    expect(html.match(/name="wallet"/g)).toHaveLength(50);
  });
});
