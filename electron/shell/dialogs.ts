import type { OpenDialogOptions, OpenDialogReturnValue } from 'electron';

/** Asks the user for paths with the system's own dialog. */
export type OpenDialog = (options: OpenDialogOptions) => Promise<OpenDialogReturnValue>;

/** What is asked for. */
export type Pick = 'files' | 'folder' | 'key-file';

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
  'key-file': {
    title: 'Choose the recovery key file',
    buttonLabel: 'Choose key',
    properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
  },
};

/** The app's dialogs. One is open at a time; the paths stay in the main process. */
export class Dialogs {
  readonly #ask: OpenDialog;
  #open = false;

  constructor(ask: OpenDialog) {
    this.#ask = ask;
  }

  /**
   * Asks for paths. Empty when the user chose none, or when a dialog is open already.
   * @param pick what to ask for
   */
  async choose(pick: Pick): Promise<readonly string[]> {
    if (this.#open) return [];
    this.#open = true;
    try {
      const { canceled, filePaths } = await this.#ask(OPTIONS[pick]);
      return canceled ? [] : filePaths;
    } finally {
      this.#open = false;
    }
  }
}
