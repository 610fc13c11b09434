import type { RandomBytes } from '../engine/bytes/random.ts';
import type { PartJournal } from '../files/part-journal.ts';
import type { HsmClient } from '../hsm/client.ts';
import type { ProofPool } from '../proof-pool/pool.ts';
import type { WalletPool } from '../proof-pool/wallet-pool.ts';
import type { ExporterPorts } from './exporter.ts';
import type { RecordingPorts } from './recording.ts';

/** What a session works with. */
export interface SessionPorts extends Pick<ExporterPorts, 'reveal' | 'ownFolders'> {
  readonly parts: Pick<PartJournal, 'begin' | 'forgetGone' | 'find'>;
  readonly randomBytes: RandomBytes;
  readonly proofs: ProofPool;
  readonly wallets: WalletPool;
  readonly hsm: HsmClient;
  readonly recording: RecordingPorts;
  /** Prints a self-contained page. @returns PDF */
  readonly print: (html: string) => Promise<Uint8Array>;
}
