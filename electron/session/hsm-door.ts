import type { RequestOf } from '../../shared/contract.ts';
import type { HsmChoice, HsmKeyView, HsmModule } from '../../shared/hsm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { HsmClient } from '../hsm/client.ts';
import { usualModules } from '../hsm/modules.ts';
import type { TokenSession } from '../hsm/token-session.ts';
import { hsmRecoveryKey } from './hsm-recovery-key.ts';
import type { KnownWallet } from './inventory.ts';
import type { KeyHolder } from './key-holder.ts';
import { tellingFault, type KeyPartPorts } from './part-ports.ts';
import { isUnlocking, type UnlockingStage } from './reduce.ts';

/** What the way to a key in a token works with: the session that it is a part of, and the client of the modules. */
export interface HsmDoorPorts extends KeyPartPorts {
  readonly client: HsmClient;
  readonly keys: Pick<KeyHolder, 'take'>;
}

const NOTHING: HsmChoice = { offered: [], module: null, tokens: null, keys: null };

/** The part of a session that opens a recovery key in a token: module, token, PIN, key. */
export class HsmDoor {
  readonly #ports: HsmDoorPorts;
  #session: TokenSession | undefined;

  constructor(ports: HsmDoorPorts) {
    this.#ports = ports;
  }

  /** Looks which modules are at their usual places. Loads none. */
  look(): void {
    const stage = this.#stage();
    if (stage !== undefined) this.#change({ ...(stage.hsm ?? NOTHING), offered: usualModules() });
  }

  /** Asks one of the offered modules for its tokens. Fails with what `HsmClient.tokens` fails with. */
  async chooseModule({ index, initArgs }: RequestOf<'hsm.choose-module'>): Promise<void> {
    const file = this.#stage()?.hsm?.offered[index]?.file;
    if (file !== undefined) await this.chooseModuleFile(file, initArgs);
  }

  /** Asks a module for its tokens. Fails with what `HsmClient.tokens` fails with. */
  async chooseModuleFile(file: string, initArgs: string): Promise<void> {
    const stage = this.#stage();
    if (stage === undefined || stage.opening) return;
    this.#session = undefined;
    const module: HsmModule = { file, initArgs: initArgs === '' ? undefined : initArgs };
    this.#change({ ...(stage.hsm ?? NOTHING), module, tokens: null, keys: null });
    await this.#ports.during(
      () => this.#ports.client.tokens(module),
      (tokens) => {
        const { hsm } = this.#stage() ?? {};
        if (hsm?.module?.file === file) this.#change({ ...hsm, tokens });
      },
    );
  }

  /**
   * Logs in to a token, once, and opens the key that the wallet is backed up to. Where the backup does not say which
   * that is, or the token has it twice, the user is asked.
   * Fails with `air-gap.open`, `hsm.token-not-found`, `hsm.key-not-found`, `rsa-key.mismatch`, and with what
   * `HsmClient.unlock` fails with.
   * @param pin the caller wipes it; null where the token wants none
   */
  async open(slotIdHex: string, pin: SecretBytes | null): Promise<void> {
    const stage = this.#stage();
    const { module, tokens } = stage?.hsm ?? NOTHING;
    if (stage === undefined || stage.opening || module === null) return;
    this.#ports.requireAirGap();
    const token = tokens?.find((each) => each.slotIdHex === slotIdHex);
    if (token === undefined) throw new RecoveryError('hsm.token-not-found');
    this.#ports.apply({ kind: 'key-opening' });
    await this.#ports.during(
      () => this.#ports.client.unlock(module, token, pin ?? undefined),
      (session) => {
        this.#session = session;
        this.#choose(candidates(session.keys, this.#ports.chosenWallet()));
      },
    );
  }

  /** Opens the key that the user chose of those that were shown. Fails with what `KeyHolder.take` fails with. */
  useKey(index: number): void {
    const view = this.#stage()?.hsm?.keys?.[index];
    if (view === undefined) return;
    tellingFault(this.#ports.apply, () => {
      this.#use(view);
    });
  }

  #choose(keys: readonly HsmKeyView[]): void {
    const [only, another] = keys;
    if (only === undefined) throw new RecoveryError('hsm.key-not-found');
    if (another === undefined) {
      this.#use(only);
      return;
    }
    const { hsm } = this.#stage() ?? {};
    this.#change({ ...(hsm ?? NOTHING), keys });
  }

  #use(view: HsmKeyView): void {
    const session = this.#session;
    if (session === undefined) return;
    const key = hsmRecoveryKey(this.#ports.client, session.key(view));
    this.#ports.keys.take(this.#ports.chosenWallet(), key);
    this.#ports.apply({ kind: 'key-opened', place: 'hsm', fingerprintHex: view.fingerprintHex });
  }

  #change(hsm: HsmChoice): void {
    this.#ports.apply({ kind: 'hsm-changed', hsm });
  }

  #stage(): UnlockingStage | undefined {
    const { stage } = this.#ports.state();
    return isUnlocking(stage) ? stage : undefined;
  }
}

/** The keys that may be meant: of the wallet's own recovery keys where the backup names them, else all that decrypt. */
function candidates(keys: readonly HsmKeyView[], known: KnownWallet | undefined): readonly HsmKeyView[] {
  const copies = known?.wallet.copies ?? [];
  const wanted = copies.flatMap(({ recoveryKey }) => recoveryKey?.fingerprintHex ?? []);
  const fitting = keys.filter(({ fingerprintHex }) => wanted.includes(fingerprintHex));
  if (fitting.length > 0) return fitting;
  // With none that fits, a single key is tried, so that its mismatch is told by both fingerprints.
  return keys.filter(({ canDecrypt }) => canDecrypt || keys.length === 1);
}
