import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { KeyHolder } from './key-holder.ts';
import type { KeyPartPorts } from './part-ports.ts';
import { isUnlocking } from './reduce.ts';

/** What the way to a key in a file works with: the session that it is a part of, and who holds the key. */
export interface KeyFileDoorPorts extends KeyPartPorts {
  readonly keys: Pick<KeyHolder, 'choose' | 'open'>;
}

/** The part of a session that opens a recovery key in a file. */
export class KeyFileDoor {
  readonly #ports: KeyFileDoorPorts;

  constructor(ports: KeyFileDoorPorts) {
    this.#ports = ports;
  }

  /** Looks at a key file, without opening it. Fails with what reading it fails with. */
  async choose(file: string): Promise<void> {
    const { state, apply, during, keys } = this.#ports;
    if (!isUnlocking(state().stage)) return;
    // A file that turns out to be no key must not leave the one before it chosen.
    apply({ kind: 'key-file-chosen', keyFile: null });
    await during(
      () => keys.choose(file),
      (keyFile) => {
        apply({ kind: 'key-file-chosen', keyFile });
      },
    );
  }

  /**
   * Opens the chosen key file, and compares its public key with the wallet's before anything is decrypted.
   * Fails with `air-gap.open`, and with what `readRsaPrivateKey` and `copyFor` fail with.
   * @param password the caller wipes it
   */
  async open(password: SecretBytes | null): Promise<void> {
    const { state, apply, during, keys, chosenWallet, requireAirGap } = this.#ports;
    const { stage } = state();
    if (!isUnlocking(stage) || stage.opening) return;
    requireAirGap();
    const chosen = chosenWallet();
    apply({ kind: 'key-opening' });
    await during(
      () => keys.open(chosen, password ?? undefined),
      ({ fingerprintHex }) => {
        apply({ kind: 'key-opened', place: 'file', fingerprintHex });
      },
    );
  }
}
