import { curveOfAlgorithm, KEY_ALGORITHMS } from '../../../shared/key-algorithm.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { toHex } from '../../engine/bytes/hex.ts';
import type { SecretBytes } from '../../engine/bytes/secret-bytes.ts';
import { curveOf, decodeScalar, timesBase, type Curve, type Point } from '../../engine/curve/curve.ts';
import { readWalletKey, walletKeyNeedsPassword } from '../../engine/encode/wallet-key.ts';
import { addressesFor } from '../../session/wallet-key.ts';
import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import { withFile } from '../../files/with-file.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { describeAddresses } from '../text/wallet.ts';

/** `print-address`: the addresses of a recovered wallet key. */
export const PRINT_ADDRESS: Command = {
  name: 'print-address',
  summary: "show the addresses of a recovered wallet's private key",
  usage: '--private-key-file FILE [--key-type SECP256K1|ED25519] [options]',
  options: {
    'private-key-file': { value: 'FILE', help: 'a recovered wallet key: PKE1, 32 bytes, hex or base64' },
    'key-type': { value: 'TYPE', help: 'SECP256K1, unless said, or ED25519' },
    ...PASSWORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  run: printAddress,
};

async function printAddress(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  const file = options.required('private-key-file');
  const keyAlgorithm = options.choice('key-type', KEY_ALGORITHMS) ?? 'SECP256K1';
  const curve = curveOf(curveOfAlgorithm(keyAlgorithm));
  const publicKey = await withFile(file, MAX_KEY_FILE_BYTES, async (content) => {
    const password = walletKeyNeedsPassword(content) ? await context.passwords.existing(file) : undefined;
    try {
      if (password !== undefined) output.progress(`Opening ${file}; this takes some seconds`);
      return publicKeyOf(curve, await readWalletKey(content, password));
    } finally {
      password?.wipe();
      output.clearProgress();
    }
  });
  const addresses = addressesFor({ curve, publicKey });
  const facts = {
    command: 'print-address',
    keyAlgorithm,
    walletPublicKeyHex: toHex(curve.encodeCompressed(publicKey)),
    addresses: Object.fromEntries(addresses.map(({ name, address }) => [name, address])),
  };
  output.report(facts, () => describeAddresses(addresses));
  return 0;
}

function publicKeyOf(curve: Curve, key: SecretBytes): Point {
  try {
    const scalar = key.use((bytes) => decodeScalar(curve, bytes));
    if (scalar === undefined || scalar === 0n) throw new RecoveryError('wallet-key.not-understood');
    return timesBase(curve, scalar);
  } finally {
    key.wipe();
  }
}
