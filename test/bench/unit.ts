import { constants, privateDecrypt, publicEncrypt, randomBytes } from 'node:crypto';

import { secp256k1 } from '@noble/curves/secp256k1.js';

import type { RsaPrivateKey } from '../../electron/engine/rsa/private-key.ts';
import { cpuMsOf, median } from './clock.ts';

const { Point } = secp256k1;
const CALLS = 40;

/** The unit that carries figures from machine to machine: `secp256k1.Point.BASE.multiply`, compiled and warm. */
export class UnitClock {
  readonly #readings: number[] = [];
  #scalar = Point.Fn.fromBytes(Uint8Array.from({ length: 32 }, (_, i) => 0x5a ^ (7 * i)));

  /** @param warmUps multiplications before the first that counts */
  constructor(warmUps: number) {
    for (let i = 0; i < warmUps; i++) this.#multiply();
  }

  /** Reads the unit; called between the other measurements, so that it saw the machine in the same moods. */
  async read(rounds: number): Promise<void> {
    for (let i = 0; i < rounds; i++) {
      const reading = await cpuMsOf(() => {
        this.#multiply();
      }, CALLS);
      this.#readings.push(reading);
    }
  }

  /** CPU ms of one multiplication. */
  get ms(): number {
    return median(this.#readings);
  }

  #multiply(): void {
    this.#scalar = Point.Fn.mul(this.#scalar, this.#scalar);
    Point.BASE.multiply(this.#scalar);
  }
}

/** CPU ms of what the runtime itself does with the RSA key: a bare public and a bare private operation. */
export async function rsaOperationMs(
  { publicKey, keyObject }: RsaPrivateKey,
  rounds: number,
): Promise<{ readonly publicMs: number; readonly privateMs: number }> {
  const padding = constants.RSA_NO_PADDING;
  // A leading zero keeps the block below the modulus.
  const block = Buffer.concat([Buffer.alloc(1), randomBytes(publicKey.modulusBytes - 1)]);
  const cipher = publicEncrypt({ key: publicKey.keyObject, padding }, block);
  const publicMs: number[] = [];
  const privateMs: number[] = [];
  for (let i = 0; i <= rounds; i++) {
    publicMs.push(
      await cpuMsOf(() => publicEncrypt({ key: publicKey.keyObject, padding }, block), 10 * CALLS),
    );
    privateMs.push(await cpuMsOf(() => privateDecrypt({ key: keyObject, padding }, cipher), CALLS / 4));
  }
  return { publicMs: median(publicMs), privateMs: median(privateMs) };
}
