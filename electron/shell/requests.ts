import { BUCKET_FILTERS } from '../../shared/bucket-desk.ts';
import { CEREMONY_ROLES, MAX_CEREMONY_PEOPLE, MAX_CUSTODIANS, SHARED_THINGS } from '../../shared/ceremony.ts';
import { CHANNELS, type Channel, type RequestOf } from '../../shared/contract.ts';
import { EXPORT_FORMAT_NAMES } from '../../shared/export-format.ts';
import { KEY_ALGORITHMS } from '../../shared/key-algorithm.ts';
import { RECORD_COMPANIONS, RECORD_PAGE_FORMS } from '../../shared/record-check.ts';
import { RECORD_FORMS } from '../../shared/record-view.ts';
import { REGISTER_FIELDS, type RegisterDraft } from '../../shared/register.ts';
import { REGISTER_FORMS } from '../../shared/register-desk.ts';
import { REHEARSAL_FAULTS } from '../../shared/rehearsal.ts';
import { MODES, type WalletRef } from '../../shared/session-state.ts';
import { MAX_WALLETS, RequestReader } from './request-reader.ts';

const walletRef = (reader: RequestReader, name: string): WalletRef => reader.text(name) as WalletRef;

/** How the request of each channel is read. */
const READERS: { readonly [Name in Channel]: (reader: RequestReader) => RequestOf<Name> } = {
  'session.read': (reader) => reader.nothing(),
  'session.back': (reader) => reader.nothing(),
  'session.end': (reader) => reader.nothing(),
  'mode.choose': (reader) => {
    const fields = reader.with('mode', 'operator', 'witnesses');
    return {
      mode: fields.choice('mode', MODES),
      operator: fields.text('operator'),
      witnesses: fields.text('witnesses'),
    };
  },
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
  'bucket.drill-all': (reader) => reader.nothing(),
  'bucket.keep-results-by-dialog': (reader) => reader.nothing(),
  'bucket.clear': (reader) => reader.nothing(),
  'bucket.start': (reader) => ({ task: reader.with('task').choice('task', ['verify', 'recover-check']) }),
  'bucket.another-key': (reader) => reader.nothing(),
  'bucket.pause': (reader) => reader.nothing(),
  'bucket.resume': (reader) => reader.nothing(),
  'bucket.stop': (reader) => reader.nothing(),
  'bucket.show': (reader) => {
    const fields = reader.with('filter', 'offset');
    return { filter: fields.choice('filter', BUCKET_FILTERS), offset: fields.count('offset') };
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
  'register.begin': (reader) => reader.nothing(),
  'register.start-empty': (reader) => reader.nothing(),
  'register.open-by-dialog': (reader) => reader.nothing(),
  'register.show': (reader) => {
    const fields = reader.with('filter', 'page');
    return { filter: fields.text('filter'), page: fields.index('page') };
  },
  'register.add': (reader) => ({ draft: draftIn(reader.with('draft')) }),
  'register.change': (reader) => {
    const fields = reader.with('keyId', 'draft');
    return { keyId: fields.text('keyId'), draft: draftIn(fields) };
  },
  'register.mark-typed': (reader) => ({ typed: reader.with('typed').flag('typed') }),
  'register.remove': (reader) => ({ keyId: reader.with('keyId').text('keyId') }),
  'register.put-back': (reader) => reader.nothing(),
  'register.compare-by-dialog': (reader) => reader.nothing(),
  'register.stop-comparing': (reader) => reader.nothing(),
  'register.show-findings': (reader) => ({ page: reader.with('page').index('page') }),
  'register.save': (reader) => ({ form: reader.with('form').choice('form', REGISTER_FORMS) }),
  'record-check.begin': (reader) => reader.nothing(),
  'record-check.choose-by-dialog': (reader) => reader.nothing(),
  'record-check.add-by-dialog': (reader) => ({
    what: reader.with('what').choice('what', RECORD_COMPANIONS),
  }),
  'record-check.type-head': (reader) => ({ words: reader.with('words').text('words') }),
  'record-check.save': (reader) => ({ form: reader.with('form').choice('form', RECORD_PAGE_FORMS) }),
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

function draftIn(reader: RequestReader): RegisterDraft {
  const fields = reader.inside('draft').with(...REGISTER_FIELDS);
  return {
    key_id: fields.text('key_id'),
    quorum_id: fields.text('quorum_id'),
    key_algorithm: fields.text('key_algorithm'),
    address: fields.text('address'),
    environment: fields.text('environment'),
    bucket: fields.text('bucket'),
    note: fields.text('note'),
  };
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
