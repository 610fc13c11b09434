import { SecretBytes } from '../../electron/engine/bytes/secret-bytes.ts';
import { parseLabel } from '../../electron/engine/kit/label.ts';
import { readDice } from '../../electron/engine/random/dice.ts';
import { openPke1, sealPke1 } from '../../electron/engine/rsa/pke1.ts';
import { sharePage, shareTextOf } from '../../electron/engine/shares/share-page.ts';
import { readShareLine, readShareText, writeShareLines } from '../../electron/engine/shares/share-text.ts';
import { decodeShare, type CustodianShare } from '../../electron/engine/shares/share.ts';
import { combineShares } from '../../electron/engine/shares/split.ts';
import { systemRandom } from '../random.ts';
import { utf8 } from '../unit/engine/rsa/fixtures.ts';
import { Dice } from './dice.ts';
import { mutate } from './mutate.ts';
import { hostileShareBytes, hostileShareText } from './sealed-records.ts';
import { DERIVING_MS, ofBytes, ofMade, ofTexts, withPasswordOf, type SoakParser } from './soak-parser.ts';

const shareOf = (index: number): CustodianShare => ({
  ...{ what: 'password', needed: 2, of: 3, index, setBytes: Uint8Array.of(1, 2, 3, 4, 5) },
  // The last byte is where the share lies on its polynomial.
  point: Uint8Array.from([...new Dice(index).bytes(80), index]),
});
const SHARE = shareOf(1);

/** What a ceremony reads: dice, shares and the key file that it made; and the label of a raw backup. */
export const CEREMONY_PARSERS: readonly SoakParser[] = [
  ofBytes('dice', readDice, () => [
    utf8(Array.from({ length: 100 }, (_, i) => String((i % 6) + 1)).join('')),
    utf8(Array.from({ length: 60 }, (_, i) => String(((i * i) % 6) + 1)).join(' \n')),
  ]),
  ofMade('custodian share, text', readShareText, (dice) => hostileShareText(SHARE, dice)),
  ofBytes(
    'custodian share, page',
    (content) => readShareText(shareTextOf(new TextDecoder().decode(content))),
    () => [utf8(sharePage(SHARE, { custodian: 'Ada', fingerprintHex: undefined }))],
  ),
  ofTexts('custodian share, line', readShareLine, writeShareLines(SHARE)),
  ofMade(
    'custodian shares, combined',
    (content: Uint8Array) => combineShares([decodeShare(content), shareOf(2)]),
    (dice) => hostileShareBytes(SHARE, dice),
  ),
  ofTexts('label in hex', (text) => parseLabel('hex', text), ['4146']),
  ofTexts('label in base64', (text) => parseLabel('base64', text), ['QUFB']),
  {
    name: 'PKE1 file',
    parse: withPasswordOf(openPke1),
    limitMs: DERIVING_MS,
    prepare: async () => {
      const seal = withPasswordOf((content, password) =>
        sealPke1(new SecretBytes(content), password, systemRandom),
      );
      const sealed = await seal(utf8('46'.repeat(32)));
      return (dice) => mutate(sealed, dice);
    },
  },
];
