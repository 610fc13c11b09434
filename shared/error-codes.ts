/**
 * What kind of answer a fault calls for. The command line has one exit code a family.
 * - `usage`: the call itself is wrong
 * - `input`: a file can't be read or understood
 * - `verification`: the backup was understood and is not good
 * - `secret`: a key, password or label that does not fit
 * - `unsupported`: understood, and nothing here can do it
 * - `hsm`: a token, its PKCS#11 module or its PIN
 * - `guard`: refused on purpose
 * - `bug`: a fault of this program
 */
export type ErrorFamily =
  'usage' | 'input' | 'verification' | 'secret' | 'unsupported' | 'hsm' | 'guard' | 'bug';

/** Every fault this program can name, with its family. Codes are stable; sentences live beside each screen. */
export const ERROR_CODES = {
  'usage.invalid': 'usage',
  'id.malformed': 'usage',
  'path.malformed': 'usage',
  'label.malformed': 'usage',
  'label.missing': 'usage',
  'key-id.missing': 'usage',
  'key-id.not-found': 'usage',
  'key-id.ambiguous': 'usage',
  'air-gap.sentence': 'usage',
  'quorum-id.missing': 'usage',
  'ipc.malformed': 'usage',
  'pkcs11-uri.malformed': 'usage',

  'file.not-found': 'input',
  'file.unreadable': 'input',
  'file.too-large': 'input',
  'file.empty': 'input',
  'file.write-failed': 'input',
  'folder.no-kits': 'input',
  'folder.too-many-files': 'input',
  'text.malformed': 'input',
  'json.malformed': 'input',
  'json.truncated': 'input',
  'json.too-deep': 'input',
  'json.too-large': 'input',
  'json.forbidden-key': 'input',
  'der.malformed': 'input',
  'der.truncated': 'input',
  'kit.not-understood': 'input',
  'kit.truncated': 'input',
  'kit.malformed': 'input',
  'kit.conflict': 'input',
  'kit.other-wallet': 'input',
  'kit.key-algorithm-mismatch': 'input',
  'ers.malformed': 'input',
  'ers.player-conflict': 'input',
  'chain-code.unreadable': 'input',
  'register.malformed': 'input',
  'rsa-key.not-understood': 'input',
  'rsa-key.truncated': 'input',
  'rsa-key.malformed': 'input',
  'wallet-key.not-understood': 'input',
  'wallet-key.contradictory': 'input',
  'wallet-key.other-curve': 'input',

  'proof.parameters-disagree': 'verification',
  'proof.player-set': 'verification',
  'proof.shape-rejected': 'verification',
  'proof.encoding-rejected': 'verification',
  'proof.challenge-rejected': 'verification',
  'proof.opening-rejected': 'verification',
  'proof.value-rejected': 'verification',
  'proof.sharing-rejected': 'verification',
  'public-key.mismatch': 'verification',
  'share.rejected': 'verification',
  'recovered-key.mismatch': 'verification',
  'address.mismatch': 'verification',

  'label.mismatch': 'secret',
  'rsa-key.mismatch': 'secret',
  'rsa-key.public-given': 'secret',
  'rsa-key.other-algorithm': 'secret',
  'password.required': 'secret',
  'password.wrong': 'secret',
  'password.too-short': 'secret',
  'password.unavailable': 'secret',
  'decryption.failed': 'secret',

  'kit.pdkls23': 'unsupported',
  'backup.version-1': 'unsupported',
  'backup.multiplicative': 'unsupported',
  'backup.unsupported': 'unsupported',
  'label.unknown': 'unsupported',
  'register.not-listed': 'unsupported',
  'ers-public-key.unknown': 'unsupported',
  'rsa-key.unsupported': 'unsupported',
  'derivation.unsupported': 'unsupported',

  'hsm.absent': 'hsm',
  'hsm.module-failed': 'hsm',
  'hsm.module-crashed': 'hsm',
  'hsm.timeout': 'hsm',
  'hsm.bad-answer': 'hsm',
  'hsm.token-not-found': 'hsm',
  'hsm.token-ambiguous': 'hsm',
  'hsm.key-not-found': 'hsm',
  'hsm.key-ambiguous': 'hsm',
  'hsm.key-cannot-decrypt': 'hsm',
  'hsm.mechanism-missing': 'hsm',
  'hsm.bad-modulus': 'hsm',
  'hsm.session-ended': 'hsm',
  'hsm.device-removed': 'hsm',
  'hsm.device-error': 'hsm',
  'pin.required': 'hsm',
  'pin.wrong': 'hsm',
  'pin.locked': 'hsm',
  'pin.expired': 'hsm',
  'pin.not-set': 'hsm',

  'air-gap.open': 'guard',
  'backup.not-verified': 'guard',
  'guard.output-exists': 'guard',
  'guard.address-mismatch': 'guard',
  'guard.export-refused': 'guard',
  'guard.address-not-confirmed': 'guard',
  'guard.second-person': 'guard',
  'guard.sentence': 'guard',
  'guard.plaintext': 'guard',
  'guard.output-in-app-data': 'guard',
  'guard.backup-beside-key': 'guard',
  'network.denied': 'guard',
  'ipc.untrusted': 'guard',

  'bug.unexpected': 'bug',
} as const satisfies Record<string, ErrorFamily>;

/** The stable name of one fault. */
export type ErrorCode = keyof typeof ERROR_CODES;
