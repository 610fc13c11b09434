import type {
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron';

/** The system's own dialogs. */
export interface SystemDialogs {
  /** Asks the user for paths. */
  readonly open: (options: OpenDialogOptions) => Promise<OpenDialogReturnValue>;
  /** Asks the user for the name of a new file. */
  readonly save: (options: SaveDialogOptions) => Promise<SaveDialogReturnValue>;
  /** Asks the user a question. */
  readonly box: (options: MessageBoxOptions) => Promise<MessageBoxReturnValue>;
}

/** What is asked for. */
export type Pick =
  | 'files'
  | 'folder'
  | 'key-file'
  | 'hsm-module'
  | 'signing-key'
  | 'register'
  | 'bucket-to-compare'
  | 'record'
  | 'signatures'
  | 'signer-keys'
  | 'new-folder'
  | 'share-files';

const OPTIONS: Readonly<Record<Pick, OpenDialogOptions>> = {
  files: {
    title: 'Add recovery kits or the register of wallets',
    buttonLabel: 'Add files',
    properties: ['openFile', 'multiSelections', 'showHiddenFiles', 'dontAddToRecent'],
  },
  folder: {
    title: 'Add a wallet folder or a whole bucket',
    buttonLabel: 'Add folder',
    properties: ['openDirectory', 'multiSelections', 'showHiddenFiles', 'dontAddToRecent'],
  },
  'hsm-module': {
    title: 'Choose the PKCS#11 module of the token',
    buttonLabel: 'Use this module',
    properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
  },
  'signing-key': {
    title: 'Choose the key that signs the record',
    buttonLabel: 'Choose key',
    properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
  },
  register: {
    title: 'Open a register of wallets',
    buttonLabel: 'Open register',
    properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
  },
  'bucket-to-compare': {
    title: 'Choose the bucket that the register is held against',
    buttonLabel: 'Compare',
    properties: ['openDirectory', 'multiSelections', 'showHiddenFiles', 'dontAddToRecent'],
  },
  record: {
    title: 'Choose the record of a session',
    buttonLabel: 'Check record',
    properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
  },
  signatures: {
    title: 'Choose the signatures of the record',
    buttonLabel: 'Add signatures',
    properties: ['openFile', 'multiSelections', 'showHiddenFiles', 'dontAddToRecent'],
  },
  'signer-keys': {
    title: 'Choose public keys of those who may have signed',
    buttonLabel: 'Add public keys',
    properties: ['openFile', 'multiSelections', 'showHiddenFiles', 'dontAddToRecent'],
  },
  'key-file': {
    title: 'Choose the recovery key file',
    buttonLabel: 'Choose key',
    properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
  },
  'new-folder': {
    title: 'Make a new folder, or choose an empty one',
    buttonLabel: 'Use this folder',
    properties: ['openDirectory', 'createDirectory', 'promptToCreate', 'showHiddenFiles', 'dontAddToRecent'],
  },
  'share-files': {
    title: 'Choose the shares, as many as are needed',
    buttonLabel: 'Combine these',
    properties: ['openFile', 'multiSelections', 'showHiddenFiles', 'dontAddToRecent'],
  },
};

/** The answers to the question whether unsaved changes are to be lost: to stay comes first. */
const UNSAVED_ANSWERS = ['Go on working', 'Leave without saving'];
const STAY = 0;
const LEAVE = 1;

/** The app's dialogs. One is open at a time; the paths stay in the main process. */
export class Dialogs {
  readonly #system: SystemDialogs;
  #open = false;

  constructor(system: SystemDialogs) {
    this.#system = system;
  }

  /**
   * Asks for paths. Empty when the user chose none, or when a dialog is open already.
   * @param pick what to ask for
   */
  async choose(pick: Pick): Promise<readonly string[]> {
    const answer = await this.#one(() => this.#system.open(OPTIONS[pick]));
    return answer === undefined || answer.canceled ? [] : answer.filePaths;
  }

  /**
   * Asks where a new file or folder is to be made. Undefined when the user chose no place, or when a dialog is open
   * already.
   * @param name that is suggested
   * @param title of the dialog: what is being placed
   */
  async saveAs(name: string, title: string): Promise<string | undefined> {
    const answer = await this.#one(() =>
      this.#system.save({
        title,
        buttonLabel: 'Use this place',
        defaultPath: name,
        properties: ['createDirectory', 'showHiddenFiles', 'dontAddToRecent'],
      }),
    );
    return answer === undefined || answer.canceled ? undefined : answer.filePath;
  }

  /** Asks whether changes that are in no file may be lost. False when a dialog is open already. */
  async mayLeaveUnsaved(): Promise<boolean> {
    const answer = await this.#one(() =>
      this.#system.box({
        type: 'warning',
        title: 'Breakglass',
        message: 'Leave the changes unsaved?',
        detail:
          'The register’s changes are in no file yet, and are gone when you leave. A file that you opened stays as it was.',
        buttons: UNSAVED_ANSWERS,
        // Enter and Escape keep the work; Windows draws both as buttons, none as a link.
        ...{ defaultId: STAY, cancelId: STAY, noLink: true },
      }),
    );
    return answer?.response === LEAVE;
  }

  async #one<Answer>(ask: () => Promise<Answer>): Promise<Answer | undefined> {
    if (this.#open) return undefined;
    this.#open = true;
    try {
      return await ask();
    } finally {
      this.#open = false;
    }
  }
}
