import { describe, expect, it } from 'vitest';

import type { EndReason, Mode, Place, SessionState } from '../../../shared/session-state.ts';
import type { WrittenFile } from '../../../shared/written.ts';
import { STEP_NAMES, stepsOf } from '../../../renderer/text/steps.ts';
import { pageOf, wordsOf } from './render.ts';
import { session } from './sample-states.ts';

/** The end of a session: the steps that it went, and what is true of its files. */

const KEY_FILES: readonly WrittenFile[] = [
  { what: 'public-key', name: 'recovery-public-key.der' },
  { what: 'public-key', name: 'recovery-public-key.hex' },
  { what: 'private-key', name: 'recovery-private-key.pke1' },
];

function ended(
  mode: Mode,
  left: Place,
  rest: Partial<SessionState> & { readonly reason?: EndReason } = {},
): SessionState {
  const { reason = 'user', ...state } = rest;
  return session(mode, { kind: 'done', reason, left }, state);
}

const said = (state: SessionState): string => wordsOf(pageOf(state));

describe('the steps at the end', () => {
  it.each<[string, Mode, Place, readonly string[]]>([
    [
      'a drill',
      'drill',
      { kind: 'addresses' },
      'Prepare Load Verify Unlock Reconstruct Addresses'.split(' '),
    ],
    [
      'all of a drill’s files',
      ...(['drill', { kind: 'bucket', task: 'recover-check' }] as const),
      ['Prepare', 'Load', 'Unlock', 'Recover and compare all'],
    ],
    ['a key for all of them', 'drill', { kind: 'bucket-unlock' }, ['Prepare', 'Load', 'Unlock']],
    ['a bucket', 'bucket', { kind: 'bucket', task: 'verify' }, ['Prepare', 'Check all']],
    [
      'a ceremony',
      ...(['ceremony', { kind: 'ceremony', step: 'agree' }] as const),
      'Prepare People Randomness Key Files Shares Agree'.split(' '),
    ],
    [
      'a ceremony that broke off',
      'ceremony',
      { kind: 'ceremony', step: 'randomness' },
      ['Prepare', 'People', 'Randomness'],
    ],
  ])('of %s are those that were reached', (_, mode, left, reached) => {
    const state = ended(mode, left);
    const html = pageOf(state);
    const past = [...html.matchAll(/<li class="step step-past">(.*?)<\/li>/g)].map(([, item]) =>
      wordsOf(item!).replace('(done)', '').trim(),
    );
    expect(past).toEqual(reached);
    const all = stepsOf(state).map((step) => STEP_NAMES[step]);
    expect(html.match(/\(not reached\)/g) ?? []).toHaveLength(all.length - reached.length - 1);
    expect(all.at(-1)).toBe('Finish');
  });

  it('has a step for a check without a key among a drill’s', () => {
    const bucket = { kind: 'bucket', task: 'verify' } as const;
    expect(stepsOf(ended('drill', bucket))).toContain('bucket');
  });
});

describe('the files at the end', () => {
  it('are as they were where nothing was written, and nothing else is claimed', () => {
    const words = said(ended('drill', { kind: 'addresses' }));
    expect(words).toContain('The files that you loaded are as they were.');
    expect(words).not.toContain('What this session left');
  });

  it('of a ceremony are named and counted; shares that were given up are to be destroyed', () => {
    const written: readonly WrittenFile[] = [
      ...KEY_FILES,
      { what: 'void-share', name: 'share-A-1.html' },
      { what: 'share', name: 'share-B-1.html' },
      { what: 'share', name: 'share-B-2.html' },
    ];
    const words = said(ended('ceremony', { kind: 'ceremony', step: 'agree' }, { written }));
    for (const each of [
      'Public key, 2 files recovery-public-key.der, recovery-public-key.hex',
      'Private key, encrypted recovery-private-key.pke1',
      'Shares, 2 pages share-B-1.html, share-B-2.html',
      'Shares given up, 1 page share-A-1.html',
      'Destroy every page of the set that was given up',
      'Copy the private key file to two media',
    ])
      expect(words).toContain(each);
    expect(words).not.toMatch(/as they were|broke off/);
  });

  it('of a ceremony that broke off are none, or those that were tried', () => {
    const early = said(ended('ceremony', { kind: 'ceremony', step: 'key' }));
    expect(early).toContain('No file of a key was left');
    expect(early).not.toMatch(/Copy the private key file|pages of shares/);
    const late = said(ended('ceremony', { kind: 'ceremony', step: 'shares' }, { written: KEY_FILES }));
    expect(late).toContain('The key’s files were written and tried before');
    expect(late).toContain('Copy the private key file');
    expect(late).not.toContain('pages of shares');
  });

  it('of a live recovery are those that hold the key, and a key that was shown is told', () => {
    const words = said(
      ended(
        'live',
        { kind: 'export' },
        {
          written: [{ what: 'key', name: 'wallet.pke1' }],
          outputs: [{ kind: 'shown', path: 'm/0' }],
        },
      ),
    );
    expect(words).toContain('The wallet’s key wallet.pke1');
    expect(words).toContain('Shown on the screen the key at m/0');
    expect(words).toContain('Move the funds to new keys');
    expect(said(ended('live', { kind: 'addresses' }))).not.toContain('Move the funds');
  });

  it('of a rehearsal are to be deleted, and of a bucket are its results', () => {
    const drill = ended('drill', { kind: 'addresses' }, { written: [{ what: 'rehearsal', name: 'kit' }] });
    expect(said(drill)).toContain('Folder to rehearse on kit');
    expect(said(drill)).toContain('Delete the files that were made to rehearse on');
    const results = [{ what: 'bucket-results', name: 'results.verify' }] as const;
    expect(said(ended('bucket', { kind: 'bucket', task: 'verify' }, { written: results }))).toContain(
      'Results of the check results.verify',
    );
  });

  it('have names that can’t turn a line', () => {
    const written = [{ what: 'key', name: 'a\u202Egpj.exe' }] as const;
    expect(pageOf(ended('live', { kind: 'export' }, { written }))).not.toContain('\u202E');
  });
});
