import { CEREMONY_ROLES, MAX_CEREMONY_PEOPLE, MAX_CUSTODIANS, SHARED_THINGS } from '../../shared/ceremony.ts';
import { CHANNELS, type Channel, type RequestOf } from '../../shared/contract.ts';
import { EXPORT_FORMAT_NAMES } from '../../shared/export-format.ts';
import { KEY_ALGORITHMS } from '../../shared/key-algorithm.ts';
import { RECORD_FORMS } from '../../shared/record-view.ts';
import { REHEARSAL_FAULTS } from '../../shared/rehearsal.ts';
import { MODES, type WalletRef } from '../../shared/session-state.ts';
import { MAX_WALLETS, RequestReader } from './request-reader.ts';

const walletRef = (reader: RequestReader, name: string): WalletRef => reader.text(name) as WalletRef;

/** How the request of each channel is read. */
const READERS: { readonly [Name in Channel]: (reader: RequestReader) => RequestOf<Name> } = {
  'session.read': (reader) => reader.nothing(),
  'session.back': (reader) => reader.nothing(),
  'session.end': (reader) => reader.nothing(),
  'mode.choose': (reader) => ({ mode: reader.with('mode').choice('mode', MODES) }),
  'air-gap.override': (reader) => ({ sentence: reader.with('sentence').text('sentence') }),
  'unfinished.remove': (reader) => reader.nothing(),
  'kit.add-by-dialog': (reader) => ({ pick: reader.with('pick').choice('pick', ['files', 'folder']) }),
  'kit.add-dropped': (reader) => ({ token: reader.with('token').text('token') }),
  'rehearsal.begin': (reader) => reader.nothing(),
  'rehearsal.make': (reader) => {
    const fields = reader.with('players', 'threshold', 'keyAlgorithms', 'recoveryKeys', 'fault');
    return {
      players: fields.index('players'),
      threshold: fields.index('threshold'),
      keyAlgorithms: fields.choices('keyAlgorithms', KEY_ALGORITHMS),
      recoveryKeys: fields.index('recoveryKeys'),
      fault: fields.choice('fault', REHEARSAL_FAULTS),
    };
  },
  'wallet.choose': (reader) => ({ wallet: walletRef(reader.with('wallet'), 'wallet') }),
  'wallet.describe': (reader) => {
    const fields = reader.with('wallet', 'keyId', 'quorumId', 'keyAlgorithm', 'label');
    return {
      wallet: walletRef(fields, 'wallet'),
      keyId: fields.isNull('keyId') ? null : fields.text('keyId'),
      quorumId: fields.isNull('quorumId') ? null : fields.text('quorumId'),
      keyAlgorithm: fields.isNull('keyAlgorithm') ? null : fields.choice('keyAlgorithm', KEY_ALGORITHMS),
      label: fields.isNull('label') ? null : labelOf(fields.inside('label')),
    };
  },
  'proof.verify': (reader) => ({
    wallets: reader.with('wallets').texts('wallets', MAX_WALLETS) as readonly WalletRef[],
  }),
  'proof.stop': (reader) => reader.nothing(),
  'unlock.begin': (reader) => reader.nothing(),
  'key-file.choose-by-dialog': (reader) => reader.nothing(),
  'key-file.open': (reader) => {
    const fields = reader.with('password');
    return { password: fields.isNull('password') ? null : fields.secret('password') };
  },
  'hsm.look': (reader) => reader.nothing(),
  'hsm.choose-module': (reader) => {
    const fields = reader.with('index', 'initArgs');
    return { index: fields.index('index'), initArgs: fields.text('initArgs') };
  },
  'hsm.choose-module-by-dialog': (reader) => ({ initArgs: reader.with('initArgs').text('initArgs') }),
  'hsm.open': (reader) => {
    const fields = reader.with('slotIdHex', 'pin');
    return {
      slotIdHex: fields.text('slotIdHex'),
      pin: fields.isNull('pin') ? null : fields.secret('pin'),
    };
  },
  'hsm.use-key': (reader) => ({ index: reader.with('index').index('index') }),
  'key.reconstruct': (reader) => reader.nothing(),
  'address.derive': (reader) => ({ path: reader.with('path').text('path') }),
  'export.begin': (reader) => reader.nothing(),
  'export.type-address': (reader) => ({
    lastCharacters: reader.with('lastCharacters').text('lastCharacters'),
  }),
  'export.name-people': (reader) => {
    const fields = reader.with('operator', 'secondPerson');
    return { operator: fields.text('operator'), secondPerson: fields.text('secondPerson') };
  },
  'export.agree': (reader) => ({ secondPerson: reader.with('secondPerson').text('secondPerson') }),
  'export.acknowledge': (reader) => ({
    what: reader.with('what').choice('what', ['no-expected-address', 'not-verifiable']),
  }),
  'export.accept-in-the-clear': (reader) => {
    const fields = reader.with('what', 'sentence');
    return {
      what: fields.choice('what', [...EXPORT_FORMAT_NAMES, 'reveal']),
      sentence: fields.text('sentence'),
    };
  },
  'export.choose-format': (reader) => ({
    format: reader.with('format').choice('format', EXPORT_FORMAT_NAMES),
  }),
  'export.choose-destination': (reader) => reader.nothing(),
  'export.rate-password': (reader) => ({ password: reader.with('password').secret('password') }),
  'export.show-passphrase': (reader) => reader.nothing(),
  'export.write': (reader) => {
    const fields = reader.with('password', 'again');
    return {
      password: fields.isNull('password') ? null : fields.secret('password'),
      again: fields.isNull('again') ? null : fields.secret('again'),
    };
  },
  'export.reveal': (reader) => reader.nothing(),
  'record.save': (reader) => ({ form: reader.with('form').choice('form', RECORD_FORMS) }),
  'record.choose-key-by-dialog': (reader) => reader.nothing(),
  'record.sign': (reader) => {
    const fields = reader.with('password');
    return { password: fields.isNull('password') ? null : fields.secret('password') };
  },
  'record.sign-once': (reader) => reader.nothing(),
  'ceremony.name-people': (reader) => ({
    people: reader
      .with('people')
      .insides('people', MAX_CEREMONY_PEOPLE)
      .map((person) => {
        const fields = person.with('name', 'role');
        return { name: fields.text('name'), role: fields.choice('role', CEREMONY_ROLES) };
      }),
  }),
  'ceremony.rate-dice': (reader) => ({ dice: diceOf(reader) }),
  'ceremony.choose-randomness': (reader) => ({ dice: diceOf(reader) }),
  'ceremony.make-key': (reader) => reader.nothing(),
  'ceremony.confirm-fingerprint': (reader) => ({ name: reader.with('name').text('name') }),
  'ceremony.choose-folder-by-dialog': (reader) => reader.nothing(),
  'ceremony.rate-password': (reader) => ({ password: reader.with('password').secret('password') }),
  'ceremony.show-passphrase': (reader) => reader.nothing(),
  'ceremony.write': (reader) => {
    const fields = reader.with('password', 'again');
    return {
      password: fields.isNull('password') ? null : fields.secret('password'),
      again: fields.isNull('again') ? null : fields.secret('again'),
    };
  },
  'ceremony.choose-shares-folder-by-dialog': (reader) => reader.nothing(),
  'ceremony.split': (reader) => {
    const fields = reader.with('what', 'needed', 'custodians');
    return {
      what: fields.choice('what', SHARED_THINGS),
      needed: fields.index('needed'),
      custodians: fields.texts('custodians', MAX_CUSTODIANS),
    };
  },
  'ceremony.combine-by-dialog': (reader) => reader.nothing(),
  'ceremony.finish-shares': (reader) => reader.nothing(),
  'ceremony.agree': (reader) => ({ name: reader.with('name').text('name') }),
};

function diceOf(reader: RequestReader): Uint8Array | null {
  const fields = reader.with('dice');
  return fields.isNull('dice') ? null : fields.secret('dice');
}

function labelOf(reader: RequestReader): NonNullable<RequestOf<'wallet.describe'>['label']> {
  const fields = reader.with('encoding', 'text');
  return { encoding: fields.choice('encoding', ['text', 'hex', 'base64']), text: fields.text('text') };
}

/**
 * Reads what a page sent: exactly the fields of the contract, each of its type and within its cap.
 * Fails with `ipc.malformed`.
 * @param channel it came on
 * @param value as it came
 */
export function parseRequest<Name extends Channel>(channel: Name, value: unknown): RequestOf<Name> {
  return READERS[channel](new RequestReader(channel, value));
}

/** Whether a name is a channel of the contract. */
export function isChannel(name: string): name is Channel {
  return (CHANNELS as readonly string[]).includes(name);
}
