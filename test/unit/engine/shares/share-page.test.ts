import { describe, expect, it } from 'vitest';

import { sharePage, shareTextOf } from '../../../../electron/engine/shares/share-page.ts';
import { readShareText, writeShareLines } from '../../../../electron/engine/shares/share-text.ts';
import type { CustodianShare } from '../../../../electron/engine/shares/share.ts';
import { seededBytes } from '../../../fixtures/wallets.ts';

const SHARE: CustodianShare = {
  what: 'password',
  needed: 3,
  of: 5,
  index: 2,
  setBytes: Uint8Array.of(1, 2, 3, 4, 5),
  point: seededBytes('point')(81),
};
const FINGERPRINT = 'd2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26';
const page = sharePage(SHARE, {
  custodian: 'Ada <script>alert(1)</script> "Q" & Co\u202e',
  fingerprintHex: FINGERPRINT,
  fingerprintWords: ['stapler', 'paperweight'],
});

describe('sharePage', () => {
  it('says which share it is, of which set and key, and for whom', () => {
    for (const said of ['Custodian share 2', 'of 5', 'QYPQ-XPQ9', 'd2a8 4f4b', 'stapler paperweight']) {
      expect(page).toContain(said);
    }
    expect(page).toContain('Any <b>3</b> of these <b>5</b> shares');
  });

  it('holds the share so that it is read from the page itself', () => {
    for (const line of writeShareLines(SHARE)) expect(page).toContain(line);
    expect(readShareText(shareTextOf(page))).toEqual(SHARE);
    expect(readShareText(shareTextOf(writeShareLines(SHARE).join('\n')))).toEqual(SHARE);
  });

  it('escapes, runs nothing, loads nothing', () => {
    expect(page).not.toMatch(
      /<script|\u202e|javascript:|https?:(?!\/\/www\.w3\.org\/2000\/svg)|\bsrc=|url\(/,
    );
    expect(page).toContain('Ada &lt;script&gt;alert(1)&lt;/script&gt; &quot;Q&quot; &amp; Co\ufffd');
    expect(page).toContain(`default-src 'none'`);
  });

  it('has one code for a password, and one for each twenty lines of a file', () => {
    const codesOf = (share: CustodianShare): number =>
      sharePage(share, { custodian: undefined, fingerprintHex: undefined }).split('<svg').length - 1;
    expect(codesOf(SHARE)).toBe(1);
    const file = { ...SHARE, what: 'file' as const, point: seededBytes('file')(4750) };
    expect(codesOf(file)).toBe(Math.ceil(writeShareLines(file).length / 20));
  });

  it('leaves a line for a name that is not given, and no row for a fingerprint that is not known', () => {
    const bare = sharePage(SHARE, { custodian: undefined, fingerprintHex: undefined });
    expect(bare).toContain('<th>Custodian</th><td class="blank">');
    expect(bare).not.toContain('Recovery key</th>');
    expect(bare).not.toContain('undefined');
  });
});
