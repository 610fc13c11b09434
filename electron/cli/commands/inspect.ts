import { RecoveryError } from '../../../shared/recovery-error.ts';
import { ENVIRONMENTS } from '../../../shared/register.ts';
import { toHex } from '../../engine/bytes/hex.ts';
import { algorithmOf } from '../../engine/ers/algorithm.ts';
import { summarize } from '../../engine/ers/backup.ts';
import type { KitFile } from '../../engine/kit/kit-file.ts';
import { discover, type FoundFile } from '../../files/discover.ts';
import { registerWarnings } from '../../record/environments.ts';
import type { Register } from '../../record/register.ts';
import { inspectFile, type InspectedFile } from '../../session/inspect-file.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, worse, type ExitCode } from '../exit-code.ts';
import { sentenceOf } from '../text/faults.ts';
import { passedOverSentence } from '../text/passed-over.ts';
import { warningSentence } from '../text/warnings.ts';

/** `inspect`: what each file is and says. */
export const INSPECT: Command = {
  name: 'inspect',
  summary: 'say what each file is; no secret is needed',
  usage: 'PATH... [options]',
  options: COMMON_OPTIONS,
  takesPaths: true,
  run: inspect,
};

async function inspect({ options, output }: CommandContext): Promise<ExitCode> {
  if (options.paths.length === 0) throw new RecoveryError('usage.invalid', { reason: 'no path' });
  let worst: ExitCode = 0;
  let passedOver = 0;
  const onPassedOver = (): void => {
    passedOver++;
  };
  for await (const group of discover(options.paths, onPassedOver)) {
    for (const found of group) {
      const inspected = await inspectFile(found.file);
      const facts = factsOf(inspected);
      output.report({ command: 'inspect', file: found.file, keyId: found.keyId ?? null, ...facts }, () => [
        found.file,
        ...Object.entries(facts)
          .filter(([, value]) => value !== null)
          .map(([name, value]) => `  ${name.padEnd(24)}${String(value)}`),
      ]);
      if (inspected.kind === 'fault' && matters(found, inspected.fault.code)) {
        worst = worse(worst, exitCodeOf(inspected.fault.code));
      }
    }
  }
  if (!output.json && passedOver > 0) output.note(passedOverSentence(passedOver));
  return worst;
}

/** What a stranger in a folder is found to be: nothing of ours, in any way. A damaged kit, key or register is none. */
const STRANGER: readonly string[] = ['kit.not-understood', 'file.empty', 'file.too-large'];

/** A stranger in a folder is worth a line, not a failure. */
function matters(found: FoundFile, code: string): boolean {
  return found.mustBeKit || !STRANGER.includes(code);
}

type Facts = Readonly<Record<string, string | number | boolean | null>>;

function factsOf(inspected: InspectedFile): Facts {
  switch (inspected.kind) {
    case 'kit':
      return {
        kind: inspected.kit.kind,
        ...kitFacts(inspected.kit),
        code: null,
        message: 'A backup of a wallet.',
      };
    case 'rsa-public-key': {
      const { modulusBits, fingerprintHex } = inspected.key;
      return {
        kind: 'rsa-public-key',
        modulusBits,
        fingerprintHex,
        code: null,
        message: 'An RSA public key.',
      };
    }
    case 'private-key': {
      const { kind, encrypted, looksLike = null } = inspected.description;
      return {
        kind: 'private-key',
        container: kind,
        encrypted,
        looksLike,
        code: null,
        message: 'A key file.',
      };
    }
    case 'register':
      return {
        kind: 'register',
        wallets: inspected.register.size,
        ...environmentFacts(inspected.register),
        code: null,
        message: [
          'A register of wallets.',
          ...registerWarnings(inspected.register).map(warningSentence),
        ].join(' '),
      };
    case 'fault':
      return { kind: 'unknown', code: inspected.fault.code, message: sentenceOf(inspected.fault) };
  }
}

/** How many wallets are of each environment, where the register says it. */
function environmentFacts(register: Register): Facts {
  const counts = ENVIRONMENTS.map((name): [string, number] => [
    name,
    [...register.values()].filter(({ environment }) => environment === name).length,
  ]);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function kitFacts(kit: KitFile): Facts {
  const { version, curve, sharing, threshold, players, publicKey } = summarize(kit.backup);
  const palisade =
    kit.kind === 'palisade-kit'
      ? {
          index: kit.index,
          keyAlgorithm: kit.keyAlgorithm ?? null,
          recoveryKeyFingerprint: kit.recoveryKey.fingerprintHex,
          recoveryKeyBits: kit.recoveryKey.modulusBits,
          walletPublicKeyHex: kit.walletPublicKey.toHex(),
        }
      : {};
  return {
    ersVersion: version,
    curve,
    sharing,
    threshold,
    players,
    algorithm: algorithmOf(kit.backup) ?? null,
    masterPublicKeyHex: toHex(publicKey),
    ...palisade,
  };
}
