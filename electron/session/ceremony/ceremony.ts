import {
  nextToAgree,
  nextWitness,
  type CeremonyDice,
  type CeremonyPerson,
} from '../../../shared/ceremony.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { SecretBytes } from '../../engine/bytes/secret-bytes.ts';
import { rateDice, readDice, type DiceRating } from '../../engine/random/dice.ts';
import { DEFAULT_RSA_BITS } from '../../engine/rsa/generate.ts';
import type { RsaPublicKey } from '../../engine/rsa/public-key.ts';
import { makeRecoveryKeyPair } from '../../engine/rsa/recovery-key-pair.ts';
import { headWords } from '../../engine/words/head-words.ts';
import { CeremonyFiling } from './ceremony-filing.ts';
import { checkPeople, checkTurn } from './ceremony-people.ts';
import { CeremonySharing } from './ceremony-sharing.ts';
import { applyTo, ceremonyAt, type CeremonyPorts } from './ceremony-ports.ts';
import { CeremonySecrets, type WorkTools } from './ceremony-secrets.ts';

/**
 * The part of a session that makes a recovery key in front of people: who is there, of what randomness, the key, and
 * who has seen it. Source: docs/ceremony.md, "In the app".
 */
export class Ceremony {
  readonly #ports: CeremonyPorts;
  readonly #secrets = new CeremonySecrets();
  /** The part that writes the key's files, and tries them. */
  readonly files: CeremonyFiling;
  /** The part that splits the password or the key file among custodians. */
  readonly shares: CeremonySharing;

  constructor(ports: CeremonyPorts) {
    this.#ports = ports;
    this.files = new CeremonyFiling(ports, this.#secrets);
    this.shares = new CeremonySharing(ports, this.#secrets);
  }

  /** Whether anything secret is held. */
  get holdsSecrets(): boolean {
    return this.#secrets.holdsSecrets;
  }

  /** Wipes every secret, and removes files that are being written. */
  wipe(): void {
    this.#secrets.wipe();
  }

  /** Takes who is there. Fails with what `checkPeople` fails with. */
  namePeople(people: readonly CeremonyPerson[]): void {
    if (ceremonyAt(this.#ports, 'people') === undefined) return;
    applyTo(this.#ports, { kind: 'people-named', people: checkPeople(people) });
  }

  /** Counts and weighs rolls that are being typed. Fails with what `rateDice` fails with. */
  rateDice(typed: SecretBytes | null): void {
    if (ceremonyAt(this.#ports, 'randomness') === undefined) return;
    applyTo(this.#ports, { kind: 'dice-typed', dice: typed === null ? null : viewOf(typed.use(rateDice)) });
  }

  /**
   * Takes rolls to mix into the system's randomness, or none. Fails with what `readDice` fails with.
   * @param typed the caller wipes it; null for the system's randomness alone
   */
  chooseRandomness(typed: SecretBytes | null): void {
    if (ceremonyAt(this.#ports, 'randomness') === undefined) return;
    const dice = typed?.use(readDice);
    this.#secrets.keepDice(dice);
    applyTo(this.#ports, { kind: 'randomness-chosen', dice: dice === undefined ? null : viewOf(dice) });
  }

  /** Makes the pair in this process. Fails with `air-gap.open`, `ceremony.test-failed`. */
  async makeKey(): Promise<void> {
    const view = ceremonyAt(this.#ports, 'key');
    if (view === undefined || view.key !== null) return;
    this.#ports.requireAirGap();
    applyTo(this.#ports, { kind: 'key-making' });
    await this.#ports.during(
      () => this.#secrets.working((tools) => this.#makePair(tools)),
      ({ modulusBits, fingerprintHex }) => {
        const fingerprintWords = headWords(fingerprintHex);
        const key = { bits: modulusBits, fingerprintHex, fingerprintWords, confirmedBy: [] };
        applyTo(this.#ports, { kind: 'key-made', key });
      },
    );
  }

  /** Takes the word of the next witness that the fingerprint is the one on paper. Fails with `ceremony.name`. */
  confirmFingerprint(typedName: string): void {
    const view = ceremonyAt(this.#ports, 'key');
    if (view === undefined || view.key === null) return;
    const name = checkTurn(typedName, nextWitness(view.people, view.key));
    applyTo(this.#ports, { kind: 'fingerprint-confirmed', name });
  }

  /** Takes the word of the next person that all went as the record says. Fails with `ceremony.name`. */
  agree(typedName: string): void {
    const view = ceremonyAt(this.#ports, 'agree');
    if (view === undefined) return;
    applyTo(this.#ports, { kind: 'agreed', name: checkTurn(typedName, nextToAgree(view)) });
  }

  async #makePair({ refuseLate }: WorkTools): Promise<RsaPublicKey> {
    const { randomBytes } = this.#ports;
    const dice = this.#secrets.dice?.digits;
    try {
      const pair = await makeRecoveryKeyPair({ bits: DEFAULT_RSA_BITS, randomBytes, dice });
      try {
        refuseLate();
      } catch (error) {
        pair.pkcs1Der.wipe();
        throw error;
      }
      this.#secrets.keepPair(pair);
      return pair.publicKey;
    } catch (error) {
      refuseLate();
      if (error instanceof RecoveryError) applyTo(this.#ports, { kind: 'test-failed' });
      throw error;
    } finally {
      this.#secrets.dropDice(dice);
    }
  }
}

function viewOf({ count, entropyBits, isUneven }: DiceRating): CeremonyDice {
  return { count, entropyBits: Math.floor(entropyBits), isUneven };
}
