import type { Channel, RequestOf } from '../../shared/contract.ts';
import { peopleOf } from '../session/people.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { Dialogs } from './dialogs.ts';
import type { DroppedFiles } from './dropped-files.ts';
import type { SessionPort } from './session-port.ts';

/** What calls of the page reach. */
export interface CallPorts {
  readonly session: SessionPort;
  readonly dialogs: Pick<Dialogs, 'choose' | 'saveAs'>;
  readonly dropped: Pick<DroppedFiles, 'take'>;
  /** Asks before unsaved work is lost; false where the user stays. */
  readonly mayLeave: () => Promise<boolean>;
  /** Ends the session for the user, or starts the app anew when it has ended already. */
  readonly endByUser: () => void;
}

/** What each call does; the answer is the session's state afterwards. */
export type Calls = { readonly [Name in Channel]: (request: RequestOf<Name>) => void | Promise<void> };

/** The calls over the session, one a channel. */
export function callsOf({ session, dialogs, dropped, mayLeave, endByUser }: CallPorts): Calls {
  const addChosen = async (paths: readonly string[]): Promise<void> => {
    if (paths.length > 0) await session.addPaths(paths);
  };
  const { bucket, ceremony, exporter, records, tools } = session;
  return {
    'session.read': () => undefined,
    'session.back': async () => {
      if (await mayLeave()) session.back();
    },
    'session.end': () => {
      endByUser();
    },
    'mode.choose': ({ mode, operator, witnesses }) => {
      session.chooseMode(mode, peopleOf(operator, witnesses));
    },
    'air-gap.override': ({ sentence }) => {
      session.overrideAirGap(sentence);
    },
    'unfinished.remove': () => {
      session.removeUnfinished();
    },
    'kit.add-by-dialog': async ({ pick }) => addChosen(await dialogs.choose(pick)),
    'kit.add-dropped': ({ token }) => addChosen(dropped.take(token)),
    'rehearsal.begin': () => {
      session.rehearsals.begin();
    },
    'rehearsal.make': async (plan) => {
      session.rehearsals.check(plan);
      const folder = await dialogs.saveAs('breakglass-drill', 'Choose where the drill’s files go');
      if (folder !== undefined) await session.rehearsals.make(folder, plan);
    },
    'bucket.drill-all': () => bucket.drillAll(),
    'bucket.keep-results-by-dialog': async () => {
      const file = await dialogs.saveAs('bucket-results', 'Choose the file that results are kept in');
      if (file !== undefined) bucket.keepResultsIn(file);
    },
    'bucket.clear': () => {
      bucket.clear();
    },
    'bucket.start': ({ task }) => bucket.start(task),
    'bucket.another-key': () => {
      bucket.useAnotherKey();
    },
    'bucket.pause': () => {
      bucket.pause();
    },
    'bucket.resume': () => {
      bucket.resume();
    },
    'bucket.stop': () => bucket.stop(),
    'bucket.show': ({ filter, offset }) => {
      bucket.showRows(filter, offset);
    },
    'wallet.choose': ({ wallet }) => {
      session.chooseWallet(wallet);
    },
    'wallet.describe': (description) => {
      session.describeWallet(description);
    },
    'proof.verify': ({ wallets }) => session.verifier.verify(wallets),
    'proof.stop': () => {
      session.verifier.stop();
    },
    'unlock.begin': () => {
      session.beginUnlock();
    },
    'key-file.choose-by-dialog': async () => {
      const [file] = await dialogs.choose('key-file');
      if (file !== undefined) await session.keyFile.choose(file);
    },
    'key-file.open': ({ password }) => lending([password], (secret = null) => session.keyFile.open(secret)),
    'hsm.look': () => {
      session.hsm.look();
    },
    'hsm.choose-module': (request) => session.hsm.chooseModule(request),
    'hsm.choose-module-by-dialog': async ({ initArgs }) => {
      const [file] = await dialogs.choose('hsm-module');
      if (file !== undefined) await session.hsm.chooseModuleFile(file, initArgs);
    },
    'hsm.open': ({ slotIdHex, pin }) =>
      lending([pin], (secret = null) => session.hsm.open(slotIdHex, secret)),
    'hsm.use-key': ({ index }) => {
      session.hsm.useKey(index);
    },
    'key.reconstruct': () => session.reconstruct(),
    'address.derive': ({ path }) => {
      session.derivePath(path);
    },
    'export.begin': () => {
      exporter.begin();
    },
    'export.type-address': (request) => {
      exporter.typeAddress(request);
    },
    'export.name-people': (request) => {
      exporter.namePeople(request);
    },
    'export.agree': (request) => {
      exporter.agree(request);
    },
    'export.acknowledge': ({ what }) => {
      exporter.acknowledge(what);
    },
    'export.accept-in-the-clear': (request) => {
      exporter.acceptInTheClear(request);
    },
    'export.choose-format': ({ format }) => {
      exporter.chooseFormat(format);
    },
    'export.choose-destination': async () => {
      const name = exporter.suggestedName();
      const file = name === undefined ? undefined : await dialogs.saveAs(name, 'Choose where the key goes');
      if (file !== undefined) exporter.chooseDestination(file);
    },
    'export.rate-password': ({ password }) =>
      lending([password], (secret = null) => {
        exporter.ratePassword(secret);
      }),
    'export.show-passphrase': () => exporter.showPassphrase(),
    'export.write': ({ password, again }) =>
      lending([password, again], (first = null, second = null) => exporter.write(first, second)),
    'export.reveal': () => exporter.reveal(),
    'register.begin': () => {
      tools.registers.begin();
    },
    'register.start-empty': () => {
      tools.registers.startEmpty();
    },
    'register.open-by-dialog': async () => {
      if (!(await mayLeave())) return;
      const [file] = await dialogs.choose('register');
      if (file !== undefined) await tools.registers.open(file);
    },
    'register.show': ({ filter, page }) => {
      tools.registers.show(filter, page);
    },
    'register.add': ({ draft }) => {
      tools.registers.add(draft);
    },
    'register.change': ({ keyId, draft }) => {
      tools.registers.change(keyId, draft);
    },
    'register.mark-typed': ({ typed }) => {
      tools.registers.markTyped(typed);
    },
    'register.remove': ({ keyId }) => {
      tools.registers.remove(keyId);
    },
    'register.put-back': () => {
      tools.registers.putBack();
    },
    'register.compare-by-dialog': async () => {
      const paths = await dialogs.choose('bucket-to-compare');
      if (paths.length > 0) await tools.registers.compare(paths);
    },
    'register.stop-comparing': () => {
      tools.registers.stopComparing();
    },
    'register.show-findings': ({ page }) => {
      tools.registers.showFindings(page);
    },
    'register.save': async ({ form }) => {
      const name = tools.registers.suggestedName(form);
      const file =
        name === undefined ? undefined : await dialogs.saveAs(name, 'Choose where the register goes');
      if (file !== undefined) await tools.registers.save(form, file);
    },
    'record-check.begin': () => {
      tools.recordCheck.begin();
    },
    'record-check.choose-by-dialog': async () => {
      const [file] = await dialogs.choose('record');
      if (file !== undefined) await tools.recordCheck.choose(file);
    },
    'record-check.add-by-dialog': async ({ what }) => {
      const files = await dialogs.choose(what === 'signatures' ? 'signatures' : 'signer-keys');
      if (files.length > 0) await tools.recordCheck.add(what, files);
    },
    'record-check.type-head': ({ words }) => {
      tools.recordCheck.typeHead(words);
    },
    'record-check.save': async ({ form }) => {
      const name = tools.recordCheck.suggestedName(form);
      const file = name === undefined ? undefined : await dialogs.saveAs(name, 'Choose where the page goes');
      if (file !== undefined) await tools.recordCheck.save(form, file);
    },
    'record.save': async ({ form }) => {
      const name = records.suggestedName(form);
      const file =
        name === undefined ? undefined : await dialogs.saveAs(name, 'Choose where the record goes');
      if (file !== undefined) await records.save(form, file);
    },
    'record.choose-key-by-dialog': async () => {
      const [file] = await dialogs.choose('signing-key');
      if (file !== undefined) await records.chooseKey(file);
    },
    'record.sign': ({ password }) => lending([password], (secret = null) => records.sign(secret)),
    'record.sign-once': () => records.signOnce(),
    'ceremony.name-people': ({ people }) => {
      ceremony.namePeople(people);
    },
    'ceremony.rate-dice': ({ dice }) =>
      lending([dice], (secret = null) => {
        ceremony.rateDice(secret);
      }),
    'ceremony.choose-randomness': ({ dice }) =>
      lending([dice], (secret = null) => {
        ceremony.chooseRandomness(secret);
      }),
    'ceremony.make-key': () => ceremony.makeKey(),
    'ceremony.confirm-fingerprint': ({ name }) => {
      ceremony.confirmFingerprint(name);
    },
    'ceremony.choose-folder-by-dialog': async () => {
      const [folder] = await dialogs.choose('new-folder');
      if (folder !== undefined) ceremony.files.chooseFolder(folder);
    },
    'ceremony.rate-password': ({ password }) =>
      lending([password], (secret = null) => {
        ceremony.files.ratePassword(secret);
      }),
    'ceremony.show-passphrase': () => ceremony.files.showPassphrase(),
    'ceremony.write': ({ password, again }) =>
      lending([password, again], (first = null, second = null) => ceremony.files.write(first, second)),
    'ceremony.choose-shares-folder-by-dialog': async () => {
      const [folder] = await dialogs.choose('new-folder');
      if (folder !== undefined) ceremony.shares.chooseFolder(folder);
    },
    'ceremony.split': (request) => ceremony.shares.split(request),
    'ceremony.combine-by-dialog': async () => {
      await ceremony.shares.combine(await dialogs.choose('share-files'));
    },
    'ceremony.finish-shares': () => {
      ceremony.shares.finish();
    },
    'ceremony.agree': ({ name }) => {
      ceremony.agree(name);
    },
  };
}

/** The work gets copies of its own; what came over the wire is wiped before anything waits. */
async function lending(
  received: readonly (Uint8Array | null)[],
  work: (...lent: readonly (SecretBytes | null)[]) => void | Promise<void>,
): Promise<void> {
  const lent = received.map((bytes) => (bytes === null ? null : SecretBytes.consume(bytes)));
  try {
    await work(...lent);
  } finally {
    for (const secret of lent) secret?.wipe();
  }
}
