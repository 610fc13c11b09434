import { expect } from 'vitest';

import type { CheckResult } from '../../../shared/checks.ts';
import type { SessionState, Stage, WalletRef, WalletView } from '../../../shared/session-state.ts';
import { checkPart } from '../../../electron/engine/ers/part-checks.ts';
import { rememberingPointReader } from '../../../electron/engine/ers/part-points.ts';
import { parseRsaPublicKey } from '../../../electron/engine/rsa/public-key.ts';
import type { ProvenPart } from '../../../electron/engine/ers/backup.ts';
import type { JobOpening } from '../../../electron/proof-pool/job.ts';
import type { StartBridge } from '../../../electron/hsm/bridge-process.ts';
import { HsmClient } from '../../../electron/hsm/client.ts';
import { ProofPool, ProofStopped } from '../../../electron/proof-pool/pool.ts';
import { WalletPool } from '../../../electron/proof-pool/wallet-pool.ts';
import type { Revealed, RevealPort } from '../../../electron/session/revealed.ts';
import { RecoverySession } from '../../../electron/session/session.ts';
import type { SessionPorts } from '../../../electron/session/session-ports.ts';
import { hex, type RecoveryKey, type TestWallet } from '../../fixtures/wallets.ts';
import { systemRandom } from '../../random.ts';

/** A pool without threads: jobs are done here, one a turn of the event loop, and can be held back. */
export class InlineProofs extends ProofPool {
  readonly #waiting = new Map<() => void, (error: Error) => void>();
  #held = false;
  #failure: Error | undefined;
  /** How many jobs were given. */
  jobs = 0;

  constructor() {
    super('no file', 0);
  }

  override async check(
    part: ProvenPart,
    opening: JobOpening,
    onResult: (result: CheckResult) => void,
  ): Promise<void> {
    this.jobs++;
    await new Promise<void>((resolve, reject) => {
      this.#waiting.set(resolve, reject);
      if (!this.#held) setImmediate(resolve);
    });
    if (this.#failure !== undefined) throw this.#failure;
    const context = {
      opening:
        'missing' in opening
          ? opening
          : { publicKey: parseRsaPublicKey(opening.ersPublicKeySpki), label: opening.label },
      readPoint: rememberingPointReader(),
      randomBytes: systemRandom,
    };
    for (const result of checkPart(part, context)) onResult(result);
  }

  override stop(): void {
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const reject of waiting) reject(new ProofStopped());
  }

  /** From now on jobs wait. */
  hold(): void {
    this.#held = true;
  }

  /** Does what waits, and from now on what comes. */
  release(): void {
    this.#held = false;
    for (const resolve of this.#waiting.keys()) resolve();
  }

  /** From now on jobs end with this. */
  failWith(error: Error): void {
    this.#failure = error;
  }
}

/** A window that shows secrets to nobody. */
export class FakeReveals implements RevealPort {
  /** What is looked at now. */
  now: Revealed | undefined;

  readonly show = (revealed: Revealed): Promise<void> => {
    this.close();
    this.now = revealed;
    return Promise.resolve();
  };

  readonly close = (): void => {
    this.now?.wipe();
    this.now = undefined;
  };
}

/** A session, and all that anyone was ever told of it. */
export interface Room {
  readonly session: RecoverySession;
  readonly proofs: InlineProofs;
  readonly reveals: FakeReveals;
  /** Every state that was pushed, in order. */
  readonly pushed: readonly SessionState[];
}

/** Where no test speaks to a token, none can be spoken to. */
const noBridge: StartBridge = () => {
  throw new Error('no bridge in this room');
};

/** Nothing was ever left unfinished here. */
const NO_PARTS: SessionPorts['parts'] = {
  begin: () => undefined,
  forgetGone: () => undefined,
  find: () => [],
};

/** A record's clock and opening that are the same in every run. */
function testRecording(
  keep: SessionPorts['recording']['keep'],
  appHash: string | null,
): SessionPorts['recording'] {
  let ms = Date.UTC(2026, 0, 2, 3, 4, 5);
  return {
    nowMs: () => ms++,
    elapsedMs: () => ms,
    keep,
    opening: () => ({
      app: { name: 'app', version: '0.0.0', hash: appHash },
      system: { platform: 'linux', release: '6', runtime: 'test' },
    }),
  };
}

/** A fresh session. */
export function openRoom(
  startBridge: StartBridge = noBridge,
  parts: SessionPorts['parts'] = NO_PARTS,
  keep: SessionPorts['recording']['keep'] = () => null,
  appHash: string | null = null,
): Room {
  const proofs = new InlineProofs();
  const reveals = new FakeReveals();
  const session = new RecoverySession({
    randomBytes: systemRandom,
    proofs,
    wallets: new WalletPool('no file', 1),
    reveal: reveals,
    parts,
    hsm: new HsmClient(startBridge),
    recording: testRecording(keep, appHash),
    print: (html) => Promise.resolve(new TextEncoder().encode(html)),
    ownFolders: ['/opt/breakglass', '/home/x/.config/breakglass'],
  });
  const pushed: SessionState[] = [];
  session.onChange((state) => pushed.push(state));
  return { session, proofs, pushed, reveals };
}

/** The stage that the session has to be in. */
export function stageOf<Kind extends Stage['kind']>(
  { session }: Pick<Room, 'session'>,
  kind: Kind,
): Extract<Stage, { kind: Kind }> {
  const { stage } = session.state;
  expect(stage.kind).toBe(kind);
  return stage as Extract<Stage, { kind: Kind }>;
}

/** The wallets as the session shows them. */
export function walletsOf({ session }: Pick<Room, 'session'>): readonly WalletView[] {
  const { stage } = session.state;
  return 'loaded' in stage ? stage.loaded.wallets : [];
}

/** One wallet as the session shows it: that of a key id, or the only one. */
export function walletOf(room: Pick<Room, 'session'>, keyId?: string): WalletView {
  const wallets = walletsOf(room).filter((wallet) => keyId === undefined || wallet.keyId === keyId);
  expect(wallets).toHaveLength(1);
  return wallets[0]!;
}

/** Says both ids of a wallet by hand. */
export function describeIds(
  { session }: Pick<Room, 'session'>,
  wallet: WalletRef,
  quorumId: string | null,
): void {
  session.describeWallet({ wallet, keyId: null, quorumId, keyAlgorithm: null, label: null });
}

/** A room in which one wallet of a bucket was chosen and verified. */
export async function verifiedRoom(
  bucket: string,
  { keyId, quorumId }: Pick<TestWallet, 'keyId' | 'quorumId'>,
): Promise<Room & { readonly ref: WalletRef }> {
  const room = openRoom();
  room.session.chooseMode('drill');
  await room.session.addPaths([bucket]);
  const { ref } = walletOf(room, keyId);
  room.session.chooseWallet(ref);
  describeIds(room, ref, quorumId);
  await room.session.verifier.verify([ref]);
  expect(walletOf(room, keyId).verification).toMatchObject({ kind: 'judged', verdict: 'valid' });
  return { ...room, ref };
}

/** A room in which the recovery key was opened. */
export async function unlockedRoom(
  bucket: string,
  wallet: Pick<TestWallet, 'keyId' | 'quorumId'>,
  keyFile: string,
): Promise<Room & { readonly ref: WalletRef }> {
  const room = await verifiedRoom(bucket, wallet);
  room.session.beginUnlock();
  await room.session.keyFile.choose(keyFile);
  await room.session.keyFile.open(null);
  stageOf(room, 'reconstruct');
  return room;
}

/** Everything of a wallet and its recovery key that must never leave the session, as texts. */
export function secretTexts(
  wallet: Pick<TestWallet, 'masterPrivateKey' | 'masterChainCode' | 'walletPrivateKey'>,
  key: Pick<RecoveryKey, 'secrets'>,
  passwords: readonly string[] = [],
): readonly string[] {
  const bytes = [
    wallet.masterPrivateKey,
    wallet.masterChainCode,
    wallet.walletPrivateKey,
    ...key.secrets,
    ...passwords.map((password) => new TextEncoder().encode(password)),
  ];
  return [
    ...bytes.flatMap((secret) => [hex(secret), base64WithoutEnd(secret), [...secret].join(',')]),
    ...passwords,
  ];
}

/** Looks for secrets in whatever can be written as JSON. */
export function expectNoSecret(shown: unknown, secrets: readonly string[]): void {
  const text = JSON.stringify(shown);
  const lower = text.toLowerCase();
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(7);
    const found = /^[0-9a-f]+$/.test(secret) ? lower.includes(secret) : text.includes(secret);
    expect(found, 'a secret in the state').toBe(false);
  }
}

/** The part of the base64 text that does not depend on what comes after the bytes. */
function base64WithoutEnd(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 3))).toString('base64');
}
