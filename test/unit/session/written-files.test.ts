import { describe, expect, it } from 'vitest';

import type { CeremonyShares } from '../../../shared/ceremony.ts';
import type { SessionEvent } from '../../../electron/session/session-event.ts';
import { writtenAfter } from '../../../electron/session/written-files.ts';
import { EVENTS } from './samples.ts';

const file = (path: string) => ({ file: path, bytes: 1, sha256Hex: null });
const shares = (set: string): SessionEvent => ({
  kind: 'ceremony',
  event: {
    kind: 'shares-made',
    shares: {
      ...({ what: 'password', needed: 2, custodians: ['Cid', 'Dan'], set } as const),
      pages: [1, 2].map((i) => file(`/media/usb/${set}/share-${set}-${i}.html`)),
      combined: null,
      failed: false,
    } satisfies CeremonyShares,
  },
});

const after = (...events: readonly SessionEvent[]): readonly string[] =>
  events.reduce<ReturnType<typeof writtenAfter>>(writtenAfter, []).map(({ what, name }) => `${what} ${name}`);

describe('what a session wrote', () => {
  it('is told by name and kind, in order, without a folder', () => {
    const files: SessionEvent = {
      kind: 'ceremony',
      event: {
        kind: 'files-written',
        files: {
          privateKey: file('C:\\keys\\recovery-private-key.pke1'),
          publicKeys: [{ ...file('/media/usb/k/recovery-public-key.der'), form: 'der', products: [] }],
          passwordIsNfc: true,
        },
      },
    };
    expect(after(EVENTS['rehearsal-made'], EVENTS.written, EVENTS['results-kept'], files)).toEqual([
      'rehearsal drill',
      expect.stringMatching(/^key [^/]+$/),
      'bucket-results results.verify',
      'public-key recovery-public-key.der',
      'private-key recovery-private-key.pke1',
    ]);
  });

  it('names a file once, however often it was gone on with', () => {
    const { 'results-kept': kept } = EVENTS;
    expect(after(kept, kept)).toEqual(['bucket-results results.verify']);
    const known = writtenAfter([], kept);
    expect(writtenAfter(known, kept)).toBe(known);
  });

  it('calls shares void once others stand for them', () => {
    expect(after(shares('A'), shares('B'))).toEqual([
      'void-share share-A-1.html',
      'void-share share-A-2.html',
      'share share-B-1.html',
      'share share-B-2.html',
    ]);
  });

  it('is nothing where nothing was written: a key that was shown is in no file', () => {
    expect(after(EVENTS.revealed, EVENTS.ended, EVENTS.loaded, EVENTS.ceremony)).toEqual([]);
  });
});
