import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { ifSaid, said, type SentencesOf } from './details.ts';

const LIST = 'hsm list --pkcs11-module FILE shows what there is.';

/** What is said of a token, its module or its PIN. */
export const HSM_SENTENCES: SentencesOf<'hsm'> = {
  'hsm.absent': (details) => `${absentSentence(said(details, 'reason'))} A key file works without it.`,
  'hsm.module-failed': moduleFailed,
  'hsm.module-crashed': (details) =>
    `${theModule(details)} crashed${ifSaid(said(details, 'how'), ' (', ')')} in a process of its own. Nothing was lost: run the command again, and if it crashes again look for a newer version of the module, or use a key file.`,
  'hsm.timeout': (details) =>
    `${theModule(details)} gave no answer${ifSaid(said(details, 'seconds'), ' within ', ' seconds')} and was ended. Check that the token is attached and its service runs, then try again; --pkcs11-timeout allows more time.`,
  'hsm.bad-answer': (details) =>
    `${theModule(details)} gave an answer that can't be true, and was ended. Check that it is the right library for this token.`,
  'hsm.token-not-found': (details) =>
    `There is no token ${ifSaid(said(details, 'wanted'), '"', '" ')}at this module${ifSaid(said(details, 'tokens'), ': it has ')}. Check that it is attached, and its label. ${LIST}`,
  'hsm.token-ambiguous': (details) =>
    `More than one token fits${ifSaid(said(details, 'tokens'), ': ')}. Name one with --token, or with --pkcs11-uri by its serial number.`,
  'hsm.key-not-found': (details) =>
    `The token has no RSA private key ${ifSaid(said(details, 'wanted'), '"', '" ')}that this login sees${ifSaid(said(details, 'keys'), ': it has ')}. Check --pkcs11-key and --pkcs11-id, and that it is the right token.`,
  'hsm.key-ambiguous': (details) =>
    `More than one RSA private key fits${ifSaid(said(details, 'keys'), ': ')}. Name one by --pkcs11-id, or by --pkcs11-key and --pkcs11-id together.`,
  'hsm.key-cannot-decrypt': (details) =>
    `The token does not let this key decrypt${answered(details)}. Its right to decrypt (CKA_DECRYPT) is missing, which for most tokens is fixed when the key is made or imported: docs/hsm.md shows how to import it with that right.`,
  'hsm.mechanism-missing': (details) =>
    `The token decrypts neither RSA-OAEP with SHA-256 (${said(details, 'oaep') ?? 'refused'}) nor raw RSA (${said(details, 'raw') ?? 'refused'}), and nothing else can open this backup. Allow one of the two in the token's policy, or use a key file.`,
  'hsm.bad-modulus': (details) =>
    `The public numbers of the key${ifSaid(said(details, 'key'), ' "', '"')} in the token make no RSA key. Nothing was decrypted. Check the key with the vendor's own tool, or use a key file.`,
  'hsm.session-ended': () =>
    'The session with the token has ended, so nothing more was decrypted. Run the command again to log in anew.',
  'hsm.device-removed': (details) =>
    `The token is gone${answered(details)}. Nothing was lost: attach it again, or bring its connection back, and run the command again.`,
  'hsm.device-error': (details) =>
    `The token reports an error${answered(details)}. Run the command again; if it stays, look the number up in the vendor's documentation.`,
  'pin.required': (details) =>
    `The PIN ${ofToken(details)} is needed, and none was given. Run the command on a terminal to be asked for it, or use --pin-file or --pin-stdin.`,
  'pin.wrong': (details) =>
    said(details, 'reason') === 'too long'
      ? `What was given as the PIN ${ofToken(details)} is longer than any PIN, and was not tried. Check that it is the right file or text.`
      : `The PIN is not the one ${ofToken(details)}. It was tried once and will not be tried again by itself.${triesLeft(details)} Check it against your record before another try: too many wrong ones lock the token.`,
  'pin.locked': (details) =>
    `The PIN ${ofToken(details)} is locked after too many wrong tries. Only its security officer can unlock it, with the vendor's tool; the keys are still there.`,
  'pin.expired': (details) =>
    `The PIN ${ofToken(details)} has expired. Set a new one with the vendor's tool, then run the command again.`,
  'pin.not-set': (details) =>
    `The user PIN ${ofToken(details)} is not set yet. Have its security officer set one with the vendor's tool, then run the command again.`,
};

function absentSentence(reason: string | undefined): string {
  switch (reason) {
    case 'not built':
      return 'HSM support is not there: its package pkcs11js was installed but not built. With a C++ compiler, make and Python 3, run "npm rebuild pkcs11js --ignore-scripts=false" in the project.';
    case 'built for another system':
      return 'HSM support is not there: its package pkcs11js was built for another system. With a C++ compiler, make and Python 3, run "npm rebuild pkcs11js --ignore-scripts=false" in the project, on this machine.';
    case undefined:
    default:
      return 'HSM support is not there: its package pkcs11js is not installed, as happens where it can\'t be built. With a C++ compiler, make and Python 3, run "npm ci" in the project again; docs/hsm.md has more.';
  }
}

function moduleFailed(details: ErrorDetails): string {
  const module = theModule(details);
  const reason = said(details, 'reason');
  if (reason === 'not found') {
    return `${module} is not there, or is no file. Check the path; docs/hsm.md lists the usual places.`;
  }
  if (reason === 'crashed') {
    return `${module} crashed while it was loaded${ifSaid(said(details, 'how'), ' (', ')')}, in a process of its own. Check that it is the vendor's PKCS#11 library for this system, and what it needs to be set up.`;
  }
  const ckr = said(details, 'ckr');
  if (ckr !== undefined) {
    return `${module} was loaded and could not be started (${ckr}). Check its configuration; NSS and some others need --pkcs11-init-args.`;
  }
  return `${module} can't be loaded${ifSaid(reason, ' (', ')')}. Check that it is the vendor's PKCS#11 library for this system, and that what it depends on is installed.`;
}

function theModule(details: ErrorDetails): string {
  return `The PKCS#11 module${ifSaid(said(details, 'file'), ' "', '"')}`;
}

function ofToken(details: ErrorDetails): string {
  return `of the token${ifSaid(said(details, 'token'), ' "', '"')}`;
}

/** The function that failed, and what it answered: what a vendor's support asks for. */
function answered(details: ErrorDetails): string {
  const ckr = said(details, 'ckr');
  return ckr === undefined ? '' : ` (${ifSaid(said(details, 'call'), '', ': ')}${ckr})`;
}

function triesLeft(details: ErrorDetails): string {
  switch (said(details, 'tries')) {
    case 'final':
      return ' ONE TRY IS LEFT.';
    case 'low':
      return ' Few tries are left.';
    case undefined:
    default:
      return '';
  }
}
