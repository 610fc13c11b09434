import { parseKeyId } from '../../../shared/ids.ts';
import type { RecordCheckView } from '../../../shared/record-check.ts';
import type { RecordCheck } from '../../../shared/record-report.ts';
import type { OpenRegister } from '../../../shared/register-desk.ts';
import type { RegisterFinding } from '../../../shared/register.ts';
import type { SessionState, Stage } from '../../../shared/session-state.ts';
import { SAMPLE_RECORD, session } from './sample-states.ts';
import { bucket, loaded, wallet } from './sample-parts.ts';

/** A register of two thousand wallets, its first page. */
function openRegister(changes: Partial<OpenRegister> = {}): Stage {
  const rows = bucket(50).map(({ keyId, quorumId, keyAlgorithm, expectedAddress }, i) => ({
    draft: {
      key_id: keyId ?? '',
      quorum_id: quorumId ?? '550e8400-e29b-41d4-a716-446655440000',
      key_algorithm: keyAlgorithm ?? '',
      address: expectedAddress ?? '',
      environment: i % 4 === 3 ? 'sandbox' : 'production',
      bucket: 'acme',
      note: '',
    },
    further: i === 0 ? { owner: 'treasury' } : {},
  }));
  return {
    kind: 'register',
    open: {
      file: '/media/backup/register.csv',
      unsaved: false,
      total: 2000,
      filter: '',
      found: 2000,
      page: 0,
      rows,
      warnings: [],
      removed: null,
      comparison: { kind: 'none' },
      ...changes,
    },
  };
}

const KEY_ID = parseKeyId('6ba7b810-9dad-11d1-80b4-00c04fd430c8');

/** What a comparison can find, one of each kind. */
const FINDINGS: readonly RegisterFinding[] = [
  ...(
    [
      ['register.not-listed', { keyId: KEY_ID }],
      ['register.files-missing', { keyId: KEY_ID }],
      ['register.other-bucket', { keyId: KEY_ID, expected: 'acme', found: 'acme-old' }],
      ['kit.key-algorithm-mismatch', { stated: 'ED25519', curve: 'secp256k1' }],
      ['address.mismatch', { expected: '0xabc' }],
      ['kit.truncated', { file: 'recovery_shard-0.txt' }],
    ] as const
  ).map(([code, details]): RegisterFinding => ({
    keyId: KEY_ID,
    files: [],
    found: { kind: 'fault', fault: { code, details } },
  })),
  {
    keyId: KEY_ID,
    files: [],
    found: { kind: 'warning', warning: { code: 'register.no-address', details: {} } },
  },
  {
    keyId: null,
    files: ['/media/bucket/odd/recovery_shard-0.txt'],
    found: { kind: 'fault', fault: { code: 'register.not-listed', details: {} } },
  },
];

/** A record that was checked, good or not. */
function recordCheck(changes: Partial<RecordCheckView> = {}): Stage {
  const result = (check: RecordCheck['check'], outcome: RecordCheck['outcome']): RecordCheck => ({
    check,
    outcome,
    fault: null,
    entries: [],
    signature: null,
  });
  return {
    kind: 'record-check',
    check: {
      file: '/media/usb/breakglass-drill-20261128-1830.json',
      signatures: [],
      publicKeys: [],
      headTyped: false,
      sound: true,
      checks: [
        result('form', 'passed'),
        result('chain', 'passed'),
        { ...result('times', 'warning'), entries: [4] },
        result('head', 'not-checked'),
        { ...result('app', 'failed'), fault: { code: 'record.app-differs', details: {} } },
        {
          ...result('signature', 'passed'),
          signature: { file: '/media/usb/r.json.sig', key: 'SHA256:abc', principal: 'ada@example.org' },
        },
      ],
      headHex: SAMPLE_RECORD.headHex,
      headWords: SAMPLE_RECORD.headWords,
      summary: {
        mode: 'drill',
        from: '2026-11-28T18:30:00.250Z',
        to: '2026-11-28T18:52:10.000Z',
        entries: 31,
        closed: true,
        app: { name: 'app', version: '0.1.0', hash: 'ab'.repeat(32) },
        people: [{ name: 'Ada Ørsted', role: 'operator' }],
        outcome: [
          { good: true, text: '1 backup was verified and found valid.' },
          { good: false, text: '1 fault was met on the way.' },
        ],
      },
      pages: [],
      ...changes,
    },
  };
}

/** One session for each thing a tool beside the path can look like, by a short name. */
export const TOOL_SAMPLES: Readonly<Record<string, SessionState>> = {
  'register-none': session(null, { kind: 'register', open: null }),
  'register-empty': session(null, openRegister({ file: null, total: 0, found: 0, rows: [] })),
  'register-many': session(null, openRegister()),
  'register-unsaved': session(
    'drill',
    openRegister({
      unsaved: true,
      removed: KEY_ID,
      warnings: [{ code: 'register.mixed-environments', details: { sandbox: 500, production: 1500 } }],
    }),
  ),
  'register-comparing': session(null, openRegister({ comparison: { kind: 'running', wallets: 612 } })),
  'register-stopped': session(null, openRegister({ comparison: { kind: 'stopped', wallets: 612 } })),
  'register-compared': session(
    null,
    openRegister({
      comparison: {
        kind: 'done',
        wallets: 2001,
        passedOver: 2,
        found: FINDINGS.length,
        faults: FINDINGS.length - 1,
        page: 0,
        findings: FINDINGS,
      },
    }),
  ),
  'register-agrees': session(
    null,
    openRegister({
      comparison: { kind: 'done', wallets: 2000, passedOver: 0, found: 0, faults: 0, page: 0, findings: [] },
    }),
  ),
  'record-none': session(null, { kind: 'record-check', check: null }),
  'record-good': session(null, recordCheck()),
  'record-written': session(null, recordCheck({ pages: ['/media/usb/page.pdf'] })),
  'record-bad': session(
    'live',
    recordCheck({
      sound: false,
      summary: null,
      checks: [
        {
          check: 'chain',
          outcome: 'failed',
          fault: { code: 'record.chain-broken', details: { entry: 3 } },
          entries: [],
          signature: null,
        },
      ],
    }),
  ),
  'load-mixed': session('drill', {
    kind: 'load',
    loaded: {
      ...loaded([wallet()]),
      registerWarnings: [{ code: 'register.mixed-environments', details: { sandbox: 1, production: 2 } }],
    },
    loading: false,
  }),
};
