import { stat } from 'node:fs/promises';

import type { HsmModule, HsmToken } from '../../shared/hsm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { BridgeCaller } from './bridge-caller.ts';
import type { StartBridge } from './bridge-process.ts';
import { ckrName } from './ckr.ts';
import { logIn, TokenSession } from './token-session.ts';

/** How long one call of a module may take, unless said otherwise, in milliseconds. */
export const HSM_DEADLINE_MS = 30_000;
/** How long a module may take to log out; its process is ended in any case, in milliseconds. */
const GOODBYE_MS = 2000;

/**
 * Speaks to tokens through a vendor's PKCS#11 module, which is loaded in a process of its own. That process may crash,
 * hang or lie: the call under way fails, and the next one starts another process. Source: docs/hsm.md.
 */
export class HsmClient {
  readonly #start: StartBridge;
  readonly #deadlineMs: number;
  #bridge: BridgeCaller | undefined;
  #module: HsmModule | undefined;
  #session: TokenSession | undefined;
  /** Calls take turns: a login between the steps of another one would give its PIN to the other's token. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Counts the ends, so that a call that waited during one starts nothing anew. */
  #ends = 0;

  /**
   * @param start starts a bridge process
   * @param deadlineMs how long one call may take
   */
  constructor(start: StartBridge, deadlineMs = HSM_DEADLINE_MS) {
    this.#start = start;
    this.#deadlineMs = deadlineMs;
  }

  /**
   * Lists the tokens that are in a slot now.
   * Fails with `hsm.absent`, `hsm.module-failed`, `hsm.module-crashed`, `hsm.timeout`, `hsm.bad-answer`,
   * `hsm.device-removed`, `hsm.device-error`, and `hsm.session-ended` when the client is closed meanwhile.
   */
  tokens(module: HsmModule): Promise<readonly HsmToken[]> {
    return this.#inTurn(module, async () => {
      const bridge = await this.#bridgeFor(module);
      return (await bridge.ask({ kind: 'tokens' }, 'tokens')).tokens;
    });
  }

  /**
   * Opens a session with a token, in place of the one before, whose keys then fail, and lists its RSA keys. A PIN is tried once and never
   * again. Without one nothing is logged in to, and only such keys are seen as the token shows to anyone.
   * Fails with what `tokens` fails with, and with `pin.required` (an empty one), `pin.wrong`, `pin.locked`,
   * `pin.expired`, `pin.not-set`.
   * @param token from `tokens` of the same module
   * @param pin UTF-8; stays the caller's to wipe
   */
  unlock(module: HsmModule, token: HsmToken, pin: SecretBytes | undefined): Promise<TokenSession> {
    return this.#inTurn(module, async () => {
      this.#endSession();
      const bridge = await this.#bridgeFor(module);
      await bridge.ask({ kind: 'open-session', slotIdHex: token.slotIdHex }, 'done');
      if (pin !== undefined) await logIn(bridge, token, pin);
      const { keys } = await bridge.ask({ kind: 'keys' }, 'keys');
      this.#session = new TokenSession({ bridge, module, token, keys, pin });
      return this.#session;
    });
  }

  /** Whether a session with a token is open now; null where no module was ever loaded. */
  get isOpen(): boolean | null {
    return this.#module === undefined ? null : this.#session !== undefined;
  }

  /** Logs out and ends the bridge process. The client can be used again. */
  async close(): Promise<void> {
    const bridge = this.#bridge;
    this.#ends++;
    this.#endSession();
    this.#bridge = undefined;
    if (bridge === undefined || bridge.ended) return;
    const timer = setTimeout(() => {
      bridge.end(ended());
    }, GOODBYE_MS);
    await bridge.call({ kind: 'close' }).catch(() => undefined);
    clearTimeout(timer);
    bridge.end(ended());
  }

  /** Ends the bridge process at once, as an interrupt does. */
  kill(): void {
    this.#ends++;
    this.#dropBridge();
  }

  async #bridgeFor(module: HsmModule): Promise<BridgeCaller> {
    const same = this.#module?.file === module.file && this.#module.initArgs === module.initArgs;
    if (this.#bridge !== undefined && same && !this.#bridge.ended) return this.#bridge;
    this.#dropBridge();
    const ends = this.#ends;
    if (!(await isFile(module.file))) throw new RecoveryError('hsm.module-failed', { reason: 'not found' });
    if (ends !== this.#ends) throw ended();
    const bridge = new BridgeCaller(this.#start, this.#deadlineMs);
    this.#bridge = bridge;
    this.#module = module;
    await load(bridge, module);
    return bridge;
  }

  /** Every fault of a module names it; a call that was closed while it waited for its turn is not begun. */
  #inTurn<Value>({ file }: HsmModule, work: () => Promise<Value>): Promise<Value> {
    const ends = this.#ends;
    const result = this.#turn
      .then(() => {
        if (ends !== this.#ends) throw ended();
        return work();
      })
      .catch((error: unknown) => {
        throw error instanceof RecoveryError ? error.within({ file }) : error;
      });
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #dropBridge(): void {
    this.#endSession();
    this.#bridge?.end(ended());
    this.#bridge = undefined;
  }

  #endSession(): void {
    this.#session?.end();
    this.#session = undefined;
  }
}

async function load(bridge: BridgeCaller, { file, initArgs }: HsmModule): Promise<void> {
  const answer = await bridge.call({ kind: 'load', file, initArgs: initArgs ?? '' });
  if (answer.kind === 'done') return;
  const details =
    answer.kind === 'ckr'
      ? { ckr: ckrName(answer.ckr), call: answer.call }
      : { reason: answer.kind === 'not-loaded' ? answer.reason : 'another answer' };
  const error = new RecoveryError('hsm.module-failed', details);
  bridge.end(error);
  throw error;
}

function ended(): RecoveryError {
  return new RecoveryError('hsm.session-ended');
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
