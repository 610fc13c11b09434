import { describe, expect, it } from 'vitest';

import { headWords } from '../../../electron/engine/words/head-words.ts';
import { recordPage } from '../../../electron/record/page/record-page.ts';
import { verifyRecord } from '../../../electron/record/verify-record.ts';
import { RECORD_MODES, type RecordEntryBody } from '../../../shared/record.ts';
import { ALL_BODIES, fullRecorder, recorderWith, SHA } from '../../fixtures/records.ts';

const HOSTILE = `</style><script>alert(1)</script><img src=x onerror="alert(1)">'\u202e`;

/** The page as text: without tags, blanks made one. */
const textOf = (page: string): string =>
  page
    .replaceAll(/<style>[\s\S]*?<\/style>|<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The same entry with every free text made hostile; what has a form of its own stays. */
function hostile(body: RecordEntryBody): RecordEntryBody {
  const FORMED = /^(?:|[a-z0-9-]+|[0-9a-f]{2,}|[A-Z0-9]+|ED-25519|secp256k1|[a-z-]+\.[a-z-]+)$/;
  const change = (value: unknown, name: string): unknown => {
    if (typeof value === 'string') {
      const kept = FORMED.test(value) && !['name', 'text', 'statement', 'address', 'chain'].includes(name);
      return kept ? value : HOSTILE;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map((item) => change(item, name));
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item, key)]));
  };
  const changed = change(body, '') as RecordEntryBody;
  return changed.kind === 'opened' ? { ...changed, app: { ...changed.app, name: 'app' } } : changed;
}

describe('recordPage', () => {
  it.each(RECORD_MODES)('of a session of the mode %s', (mode) => {
    const recorder = fullRecorder(mode);
    const page = recordPage(recorder.record());
    expect(page).toMatch(/^<!doctype html>/i);
    const text = textOf(page);
    expect(text).not.toMatch(/undefined|null|NaN|\[object/);
    for (const word of headWords(recorder.head ?? '')) expect(text).toContain(word);
    expect(text.replaceAll(' ', '')).toContain(recorder.head);
    expect(text).toContain(mode === 'live' ? 'Live recovery: a real key' : '');
    expect(page.includes('class="band live"')).toBe(mode === 'live');
  });

  it('says what was done, who was there and where the key went', () => {
    const text = textOf(recordPage(fullRecorder().record()));
    for (const said of [
      '1 backup was verified and found valid.',
      'its address is the expected one',
      'Ada Ørsted',
      'Second person',
      '0x52 9084 0009 8527 886E 0F70 3006 9857 D2E4 169E E7',
      'wallet.pke1',
      'was shown on the screen',
      'The air gap held',
      'All secrets in memory were wiped',
      '1 fault was met',
      'Ciphertexts open',
    ]) {
      expect(text).toContain(said);
    }
  });

  it.each<[string, RecordEntryBody, string]>([
    [
      'an air gap that was open',
      { kind: 'air-gap', interfaces: [], holds: false, overridden: true },
      'The machine was connected to a network, which was accepted in writing.',
    ],
    [
      'secrets that stayed',
      { kind: 'wiped', reason: 'failed', secretsWiped: false, hsmClosed: false },
      'The secrets were NOT all wiped.',
    ],
    ['a session that was not wiped', { kind: 'note', text: 'x' }, 'ends before the secrets were wiped'],
  ])('does not hide %s', (_what, body, said) => {
    const [opened] = ALL_BODIES as readonly [RecordEntryBody];
    expect(textOf(recordPage(recorderWith([opened, body]).record()))).toContain(said);
  });

  it('has no script, and asks for nothing from elsewhere', () => {
    const page = recordPage(fullRecorder().record());
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=/i);
    expect(page.match(/(?:src|href)=/g)).toBeNull();
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:/);
  });

  it('shows as text what someone put into a record', () => {
    const recorder = recorderWith(ALL_BODIES.map((body) => hostile(body)));
    const page = recordPage(recorder.record());
    expect(page).not.toMatch(/<script|<img/i);
    expect(page).not.toContain('\u202e');
    expect(page.split('</style>')).toHaveLength(2);
    expect(page.split('&lt;script&gt;alert(1)').length).toBeGreaterThan(20);
  });

  it('names who signed', () => {
    const recorder = fullRecorder();
    const report = verifyRecord(recorder.file());
    const signature = { file: 'r.sig', key: `SHA256:${SHA}`, principal: HOSTILE };
    const checks = [{ check: 'signature', outcome: 'passed', fault: null, entries: [], signature }] as const;
    const page = recordPage(recorder.record(), { ...report, checks });
    expect(textOf(page)).toContain('fits this record');
    expect(page).not.toContain('<script');
  });
});
