import type { Channel, RequestOf } from '../../shared/contract.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { Dialogs } from './dialogs.ts';
import type { DroppedFiles } from './dropped-files.ts';
import type { SessionPort } from './session-port.ts';

/** What calls of the page reach. */
export interface CallPorts {
  readonly session: SessionPort;
  readonly dialogs: Pick<Dialogs, 'choose'>;
  readonly dropped: Pick<DroppedFiles, 'take'>;
  /** Ends the session for the user, or starts the app anew when it has ended already. */
  readonly endByUser: () => void;
}

/** What each call does; the answer is the session's state afterwards. */
export type Calls = { readonly [Name in Channel]: (request: RequestOf<Name>) => void | Promise<void> };

/** The calls over the session, one a channel. */
export function callsOf({ session, dialogs, dropped, endByUser }: CallPorts): Calls {
  const addChosen = async (paths: readonly string[]): Promise<void> => {
    if (paths.length > 0) await session.addPaths(paths);
  };
  return {
    'session.read': () => undefined,
    'session.back': () => {
      session.back();
    },
    'session.end': () => {
      endByUser();
    },
    'mode.choose': ({ mode }) => {
      session.chooseMode(mode);
    },
    'air-gap.override': ({ sentence }) => {
      session.overrideAirGap(sentence);
    },
    'kit.add-by-dialog': async ({ pick }) => addChosen(await dialogs.choose(pick)),
    'kit.add-dropped': ({ token }) => addChosen(dropped.take(token)),
    'wallet.choose': ({ wallet }) => {
      session.chooseWallet(wallet);
    },
    'wallet.describe': (description) => {
      session.describeWallet(description);
    },
    'proof.verify': ({ wallets }) => session.verify(wallets),
    'proof.stop': () => {
      session.stopVerifying();
    },
    'unlock.begin': () => {
      session.beginUnlock();
    },
    'key-file.choose-by-dialog': async () => {
      const [file] = await dialogs.choose('key-file');
      if (file !== undefined) await session.chooseKeyFile(file);
    },
    'key-file.open': ({ password }) => openKeyFile(session, password),
    'key.reconstruct': () => session.reconstruct(),
    'address.derive': ({ path }) => {
      session.derivePath(path);
    },
  };
}

/** The session gets a copy of its own; what came over the wire is wiped before anything waits. */
async function openKeyFile(session: SessionPort, received: Uint8Array | null): Promise<void> {
  const password = received === null ? null : SecretBytes.consume(received);
  try {
    await session.openKeyFile(password);
  } finally {
    password?.wipe();
  }
}
