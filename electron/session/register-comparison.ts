import type { KeyId } from '../../shared/ids.ts';
import type { RegisterFinding } from '../../shared/register.ts';
import { compareRegister, type WalletFacts } from '../record/compare-register.ts';
import type { Register } from '../record/register.ts';
import { walletFacts } from './bucket/wallet-facts.ts';

/** What a comparison tells while it reads. */
export interface ComparisonPorts {
  /** The register as it stands now; rows may be changed while files are read. */
  readonly register: () => Register;
  /** Told after each wallet, with how many were read. */
  readonly onWallet: (wallets: number) => void;
  /** Looked at before each wallet: false stops the reading. */
  readonly goesOn: () => boolean;
}

/**
 * A register held against the files of a bucket, wallet by wallet: comparing one takes milliseconds, so that a bucket of
 * thousands never holds the process up for longer, and a row that is changed is compared again by itself.
 */
export class RegisterComparison {
  readonly #facts: WalletFacts[] = [];
  /** Of each wallet, by its place in `#facts`. */
  readonly #ofWallet: (readonly RegisterFinding[])[] = [];
  #passedOver = 0;

  /** How many wallets were read. */
  get wallets(): number {
    return this.#facts.length;
  }

  /** Links, pipes and folders too deep that were not looked into. */
  get passedOver(): number {
    return this.#passedOver;
  }

  /**
   * Reads all wallets below the paths. Fails with what `walletFacts` fails with.
   * @returns whether it came to the end
   */
  async run(paths: readonly string[], ports: ComparisonPorts): Promise<boolean> {
    const onPassedOver = (): void => {
      this.#passedOver++;
    };
    for await (const facts of walletFacts(paths, undefined, onPassedOver)) {
      if (!ports.goesOn()) return false;
      this.#facts.push(facts);
      this.#ofWallet.push(compareOne(ports.register(), facts));
      ports.onWallet(this.#facts.length);
      await letOthersRun();
    }
    return ports.goesOn();
  }

  /** Compares the wallets of these key ids again, after their rows were changed. */
  recheck(register: Register, keyIds: readonly KeyId[]): void {
    this.#facts.forEach((facts, i) => {
      if (facts.keyId !== undefined && keyIds.includes(facts.keyId))
        this.#ofWallet[i] = compareOne(register, facts);
    });
  }

  /** Everything that was found, faults before warnings, and last the rows of the register without files. */
  findings(register: Register): readonly RegisterFinding[] {
    const met = new Set(this.#facts.map(({ keyId }) => keyId));
    const unmet = new Map([...register].filter(([keyId]) => !met.has(keyId)));
    const all = [...this.#ofWallet.flat(), ...ofOneWallet(compareRegister(unmet, []))];
    return [
      ...all.filter(({ found }) => found.kind === 'fault'),
      ...all.filter(({ found }) => found.kind === 'warning'),
    ];
  }
}

/** Against its own row alone: with the whole register, each wallet would be told of all rows that it is not. */
function compareOne(register: Register, facts: WalletFacts): readonly RegisterFinding[] {
  const row = facts.keyId === undefined ? undefined : register.get(facts.keyId);
  return ofOneWallet(compareRegister(row === undefined ? new Map() : new Map([[row.keyId, row]]), [facts]));
}

/** What concerns the register as a whole is told of the whole, not of a part of it. */
function ofOneWallet(findings: readonly RegisterFinding[]): readonly RegisterFinding[] {
  return findings.filter(({ keyId, files }) => keyId !== null || files.length > 0);
}

/** Lets calls of the page be answered before the next wallet. */
function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
