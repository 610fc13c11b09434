import { randomBytes } from 'node:crypto';
import { parentPort } from 'node:worker_threads';

import { checkPart, type PartCheckContext } from '../engine/ers/part-checks.ts';
import { rememberingPointReader } from '../engine/ers/part-points.ts';
import { parseRsaPublicKey } from '../engine/rsa/public-key.ts';
import type { JobOpening, ProofJob, ProofMessage } from './job.ts';

/** A thread that checks players' parts, one after the other. It is given public data only. */

parentPort?.on('message', ({ id, part, opening }: ProofJob) => {
  const context: PartCheckContext = {
    opening: openingOf(opening),
    readPoint: rememberingPointReader(),
    randomBytes: (length) => new Uint8Array(randomBytes(length)),
  };
  for (const result of checkPart(part, context)) say({ kind: 'result', id, result });
  say({ kind: 'done', id });
});

function openingOf(opening: JobOpening): PartCheckContext['opening'] {
  return 'missing' in opening
    ? opening
    : { publicKey: parseRsaPublicKey(opening.ersPublicKeySpki), label: opening.label };
}

function say(message: ProofMessage): void {
  parentPort?.postMessage(message);
}
