import type { SecretBytes } from '../../engine/bytes/secret-bytes.ts';
import type { DiceRolls } from '../../engine/random/dice.ts';
import type { RecoveryKeyPair } from '../../engine/rsa/recovery-key-pair.ts';
import { Superseded } from '../key-holder.ts';

/**
 * The only owner of a ceremony's secrets: the rolls until the key is made, the key pair until its files are tried, the
 * password until its shares are. It also remembers how to remove files that are not finished.
 */
export class CeremonySecrets {
  #dice: DiceRolls | undefined;
  #pair: RecoveryKeyPair | undefined;
  #password: SecretBytes | undefined;
  readonly #removers = new Set<() => void>();
  /** Counts the wipes, so that work that was under way during one can be told. */
  #wipes = 0;

  get dice(): DiceRolls | undefined {
    return this.#dice;
  }

  get pair(): RecoveryKeyPair | undefined {
    return this.#pair;
  }

  get password(): SecretBytes | undefined {
    return this.#password;
  }

  /** Whether anything secret is held. */
  get holdsSecrets(): boolean {
    return this.#dice !== undefined || this.#pair !== undefined || this.#password !== undefined;
  }

  keepDice(dice: DiceRolls | undefined): void {
    this.#dice?.digits.wipe();
    this.#dice = dice;
  }

  /** Wipes rolls that were used up, unless others were taken meanwhile. */
  dropDice(digits: SecretBytes | undefined): void {
    if (this.#dice?.digits === digits) this.keepDice(undefined);
  }

  keepPair(pair: RecoveryKeyPair | undefined): void {
    this.#pair?.pkcs1Der.wipe();
    this.#pair = pair;
  }

  /** @param password a copy that is this holder's to wipe */
  keepPassword(password: SecretBytes | undefined): void {
    this.#password?.wipe();
    this.#password = password;
  }

  /** Wipes everything, and removes files that are being written: what works on them finds so, and gives up. */
  wipe(): void {
    this.#wipes++;
    this.keepDice(undefined);
    this.keepPair(undefined);
    this.keepPassword(undefined);
    this.#removeFiles();
  }

  /**
   * Runs work that uses the secrets and may write files. When it fails, the files are removed; when all was wiped
   * meanwhile, whatever came of it is `Superseded`.
   * @param work given what remembers how to remove a file, and what says by throwing that nobody waits any more
   */
  async working<Value>(work: (tools: WorkTools) => Promise<Value>): Promise<Value> {
    const wipes = this.#wipes;
    const refuseLate = (): void => {
      if (wipes !== this.#wipes) throw new Superseded();
    };
    try {
      const value = await work({
        refuseLate,
        onCreated: (remove) => {
          if (wipes === this.#wipes) this.#removers.add(remove);
          else remove();
        },
      });
      refuseLate();
      this.#removers.clear();
      return value;
    } catch (error) {
      this.#removeFiles();
      refuseLate();
      throw error;
    }
  }

  #removeFiles(): void {
    for (const remove of this.#removers) remove();
    this.#removers.clear();
  }
}

/** What work with secrets is given. */
export interface WorkTools {
  readonly onCreated: (remove: () => void) => void;
  /** Throws `Superseded` once everything was wiped. */
  readonly refuseLate: () => void;
}
