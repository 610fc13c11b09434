import { randomBytes } from 'node:crypto';

import type { RandomBytes } from '../electron/engine/bytes/random.ts';

/** The system's randomness, as the engine takes it. */
export const systemRandom: RandomBytes = (length) => new Uint8Array(randomBytes(length));
