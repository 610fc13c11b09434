import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { CeremonyFiles } from '../../../shared/ceremony.ts';
import { SecretBytes } from '../../engine/bytes/secret-bytes.ts';
import { ratePassword } from '../../engine/password/rating.ts';
import { productsTaking, PUBLIC_KEY_FORMS } from '../../engine/rsa/public-key-forms.ts';
import type { RsaPublicKey } from '../../engine/rsa/public-key.ts';
import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import type { RecoveryKeyPair } from '../../engine/rsa/recovery-key-pair.ts';
import { digestOf } from '../../files/digest.ts';
import { keyPairFilesIn, writeKeyPairFiles, type KeyPairFiles } from '../../files/key-pair-files.ts';
import { takeNewFolder } from '../../files/new-folder.ts';
import { testDecryption } from '../../files/test-decryption.ts';
import { withFile } from '../../files/with-file.ts';
import { showNewPassphrase, typedTwice } from '../typed-password.ts';
import { applyTo, ceremonyAt, type CeremonyPorts } from './ceremony-ports.ts';
import type { CeremonySecrets, WorkTools } from './ceremony-secrets.ts';

/** The part of a ceremony that writes the key's files, and tries them as they lie on the disk. */
export class CeremonyFiling {
  readonly #ports: CeremonyPorts;
  readonly #secrets: CeremonySecrets;

  constructor(ports: CeremonyPorts, secrets: CeremonySecrets) {
    this.#ports = ports;
    this.#secrets = secrets;
  }

  /** Takes the folder of the files. Fails with what `takeNewFolder` fails with. */
  chooseFolder(folder: string): void {
    if (ceremonyAt(this.#ports, 'files') === undefined) return;
    applyTo(this.#ports, { kind: 'folder-chosen', folder: takeNewFolder(folder, this.#ports.ownFolders) });
  }

  /** Rates a password that is being typed. Fails with `password.unavailable`. */
  ratePassword(password: SecretBytes | null): void {
    if (password === null || ceremonyAt(this.#ports, 'files') === undefined) return;
    applyTo(this.#ports, { kind: 'password-rated', rating: ratePassword(password) });
  }

  /** Makes a passphrase and shows it, once. */
  async showPassphrase(): Promise<void> {
    if (ceremonyAt(this.#ports, 'files') !== undefined) await showNewPassphrase(this.#ports);
  }

  /**
   * Writes the files, and tries them. Then the private key in memory is wiped; the password stays until its shares are
   * tried, or none are wanted. Where the test fails the files are removed, and the key is wiped too.
   * Fails with `air-gap.open`, `usage.invalid`, `ceremony.test-failed`, and with what `typedTwice`, `takeNewFolder`,
   * `keyPairFilesIn` and `writeKeyPairFiles` fail with.
   * @param typed the caller wipes it, and the second
   */
  async write(typed: SecretBytes | null, again: SecretBytes | null): Promise<void> {
    const view = ceremonyAt(this.#ports, 'files');
    const { pair } = this.#secrets;
    if (view === undefined || pair === undefined) return;
    this.#ports.requireAirGap();
    if (view.folder === null) {
      throw new RecoveryError('usage.invalid', { what: 'folder', reason: 'none is chosen' });
    }
    const { password, isNfc } = typedTwice(typed, again);
    const files = keyPairFilesIn(takeNewFolder(view.folder, this.#ports.ownFolders));
    applyTo(this.#ports, { kind: 'sealing' });
    await this.#ports.during(
      () => this.#secrets.working((tools) => this.#writeAndTry({ files, pair, password, tools })),
      (written) => {
        applyTo(this.#ports, { kind: 'files-written', files: { ...written, passwordIsNfc: isNfc } });
      },
    );
  }

  async #writeAndTry({ files, pair, password, tools }: Writing): Promise<Written> {
    const { randomBytes, parts } = this.#ports;
    try {
      await writeKeyPairFiles(files, pair, {
        ...{ password, randomBytes, onCreated: tools.onCreated },
        onBegin: (partFile) => {
          parts.begin(partFile);
        },
      });
      tools.refuseLate();
      applyTo(this.#ports, { kind: 'testing' });
      const written = await this.#tried(files, pair.publicKey, password, tools);
      this.#secrets.keepPassword(password.use((bytes) => new SecretBytes(bytes)));
      this.#secrets.keepPair(undefined);
      return written;
    } finally {
      parts.forgetGone();
    }
  }

  /** Any fault here means that the files don't do, however they came to it. */
  async #tried(
    files: KeyPairFiles,
    madeKey: RsaPublicKey,
    password: SecretBytes,
    tools: WorkTools,
  ): Promise<Written> {
    const { privateKeyFile, publicKeyFiles } = files;
    try {
      const publicKey = await testDecryption({
        ...{ privateKeyFile, publicKeyFiles: Object.values(publicKeyFiles), password },
        randomBytes: this.#ports.randomBytes,
      });
      if (publicKey.fingerprintHex !== madeKey.fingerprintHex) {
        throw new RecoveryError('ceremony.test-failed', { reason: 'other key', file: privateKeyFile });
      }
      const written = await filesAsWritten(files, publicKey.modulusBits);
      tools.refuseLate();
      return written;
    } catch (error) {
      tools.refuseLate();
      if (!(error instanceof RecoveryError)) throw error;
      this.#secrets.keepPair(undefined);
      applyTo(this.#ports, { kind: 'test-failed' });
      throw error;
    }
  }
}

type Written = Omit<CeremonyFiles, 'passwordIsNfc'>;

interface Writing {
  readonly files: KeyPairFiles;
  readonly pair: RecoveryKeyPair;
  readonly password: SecretBytes;
  readonly tools: WorkTools;
}

/** What the disk holds. The hash of the private key file is not taken: the record must not tell it from others. */
async function filesAsWritten(
  { privateKeyFile, publicKeyFiles }: KeyPairFiles,
  bits: number,
): Promise<Written> {
  const digest = (file: string): Promise<ReturnType<typeof digestOf>> =>
    withFile(file, MAX_KEY_FILE_BYTES, digestOf);
  const { sizeBytes } = await digest(privateKeyFile);
  const publicKeys = PUBLIC_KEY_FORMS.map(async (form) => {
    const file = publicKeyFiles[form];
    const { sizeBytes: bytes, sha256Hex } = await digest(file);
    return { file, bytes, sha256Hex, form, products: productsTaking(form, bits) };
  });
  return {
    privateKey: { file: privateKeyFile, bytes: sizeBytes, sha256Hex: null },
    publicKeys: await Promise.all(publicKeys),
  };
}
