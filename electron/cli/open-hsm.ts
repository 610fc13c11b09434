import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { HsmToken } from '../../shared/hsm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { childBridge } from '../hsm/child-bridge.ts';
import { HsmClient } from '../hsm/client.ts';
import { selectKey, selectToken } from '../hsm/select.ts';
import type { TokenSession } from '../hsm/token-session.ts';
import { hsmRecoveryKey } from '../session/hsm-recovery-key.ts';
import type { RecoveryKey } from '../session/recovery-key.ts';
import type { CommandContext } from './command.ts';
import type { HsmChoice } from './hsm-options.ts';

/** The bridge's bundle lies beside this program's own. */
const BRIDGE = join(dirname(fileURLToPath(import.meta.url)), 'hsm-bridge.cjs');

/** Gets a client ready. Its bridge process starts with the first call, and ends with the command, however that ends. */
export function hsmClient({ deadlineMs }: HsmChoice, { cleanUp }: CommandContext): HsmClient {
  const client = new HsmClient(childBridge(BRIDGE), deadlineMs);
  cleanUp.add(() => {
    client.kill();
  });
  return client;
}

/**
 * Opens the token's session with its PIN, asking for it only if the token wants one, and never for one that is locked.
 * Fails with what `HsmClient.unlock` fails with, and with `pin.locked` and `pin.not-set` by what the token says itself.
 */
export async function unlockToken(
  client: HsmClient,
  token: HsmToken,
  { module, pinFile }: HsmChoice,
  { passwords, output }: CommandContext,
): Promise<TokenSession> {
  if (token.pin === 'locked') throw new RecoveryError('pin.locked', { token: token.label });
  if (token.pin === 'not-set') throw new RecoveryError('pin.not-set', { token: token.label });
  output.clearProgress();
  const pin = token.loginRequired ? await passwords.pin(token.label, warningOf(token), pinFile) : undefined;
  try {
    output.progress(`Logging in to the token ${token.label}`);
    return await client.unlock(module, token, pin);
  } finally {
    pin?.wipe();
    output.clearProgress();
  }
}

/**
 * Opens the one RSA key that the options name. The caller closes it.
 * Fails with what `selectToken`, `unlockToken`, `selectKey` and `TokenSession.key` fail with.
 */
export async function openHsmKey(choice: HsmChoice, context: CommandContext): Promise<RecoveryKey> {
  const client = hsmClient(choice, context);
  context.output.progress('Looking for the token');
  const token = selectToken(await client.tokens(choice.module), choice.token);
  const session = await unlockToken(client, token, choice, context);
  return hsmRecoveryKey(client, session.key(selectKey(session.keys, choice.key)));
}

function warningOf({ pin }: HsmToken): string {
  if (pin === 'final') return ' (ONE TRY LEFT)';
  return pin === 'low' ? ' (few tries left)' : '';
}
