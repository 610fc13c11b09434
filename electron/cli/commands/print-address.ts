import type { CurveName } from '../../../shared/curve-name.ts';
import {
  algorithmOfCurve,
  curveOfAlgorithm,
  KEY_ALGORITHMS,
  readKeyAlgorithm,
} from '../../../shared/key-algorithm.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { toHex } from '../../engine/bytes/hex.ts';
import type { Point } from '../../engine/curve/curve.ts';
import { derive } from '../../engine/derive/derive.ts';
import { formatPath, parsePath, type DerivationPath } from '../../engine/derive/path.ts';
import { walletKeyFormat, type WalletKeyFile } from '../../engine/encode/wallet-key.ts';
import { addressesFor } from '../../session/wallet-key.ts';
import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import { withFile } from '../../files/with-file.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { describeAddresses } from '../text/wallet.ts';
import { openWalletKey } from '../wallet-key-option.ts';

/** The curves that no key algorithm names; their keys have no addresses, and a public key. */
const OTHER_CURVES = ['P-224', 'P-256', 'P-384', 'P-521', 'ED-448'] as const satisfies readonly CurveName[];

/** `print-address`: the addresses of a recovered wallet key. */
export const PRINT_ADDRESS: Command = {
  name: 'print-address',
  summary: "show the addresses of a recovered wallet's private key",
  usage: '--private-key-file FILE [--key-type SECP256K1|ED25519|CURVE] [options]',
  options: {
    'private-key-file': {
      value: 'FILE',
      help: 'a recovered wallet key: any format of recover, or 32 bytes, hex or base64',
    },
    'key-type': {
      value: 'TYPE',
      help: `where the file does not say it: SECP256K1, unless said, ED25519, ${OTHER_CURVES.join(', ')}`,
    },
    path: { value: 'PATH', help: 'with an extended key (xprv): path of the wallet below it; m unless said' },
    ...PASSWORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  holdsKey: 'recovery',
  run: printAddress,
};

async function printAddress(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  const file = options.required('private-key-file');
  const chosen = curveOfType(options.choice('key-type', [...KEY_ALGORITHMS, ...OTHER_CURVES]));
  const pathText = options.optional('path');
  const path = pathText === undefined ? undefined : parsePath(pathText);
  const { curve, publicKey, isExtended } = await withFile(file, MAX_KEY_FILE_BYTES, async (content) => {
    const key = await openWalletKey(file, content, walletKeyFormat(content), context, chosen);
    try {
      return {
        curve: key.curve,
        publicKey: publicKeyAt(key, path),
        isExtended: key.chainCode !== undefined,
      };
    } finally {
      key.privateKey.wipe();
      key.chainCode?.wipe();
    }
  });
  const addresses = addressesFor({ curve, publicKey });
  const keyAlgorithm = algorithmOfCurve(curve.name);
  const facts = {
    command: 'print-address',
    ...(keyAlgorithm === undefined ? {} : { keyAlgorithm }),
    curve: curve.name,
    ...(isExtended ? { path: formatPath(path ?? parsePath('m')) } : {}),
    walletPublicKeyHex: toHex(curve.encodeCompressed(publicKey)),
    addresses: Object.fromEntries(addresses.map(({ name, address }) => [name, address])),
  };
  output.report(facts, () => [
    ...(isExtended && path === undefined
      ? ['This is a master key, and these are its own addresses. For those of a wallet below it give --path.']
      : []),
    ...(addresses.length === 0
      ? [`A key of ${curve.name} has no address here. Its public key: ${facts.walletPublicKeyHex}`]
      : describeAddresses(addresses)),
  ]);
  return 0;
}

function curveOfType(type: string | undefined): CurveName | undefined {
  if (type === undefined) return undefined;
  const algorithm = readKeyAlgorithm(type);
  return algorithm === undefined ? OTHER_CURVES.find((name) => name === type) : curveOfAlgorithm(algorithm);
}

function publicKeyAt(key: WalletKeyFile, path: DerivationPath | undefined): Point {
  const { curve, publicKey, chainCode } = key;
  if (path === undefined) return publicKey;
  if (chainCode === undefined) {
    throw new RecoveryError('usage.invalid', { option: '--path', reason: 'no chain code' });
  }
  const child = derive({ curve, publicKey, privateKey: undefined, chainCode }, path);
  child.chainCode.wipe();
  return child.publicKey;
}
