import { appendFileSync } from 'node:fs';

import { HOST_LOG_VARIABLE, type HostEntry } from './log-format.ts';

const startedAtMs = Date.now();
const file = process.env[HOST_LOG_VARIABLE];
// The app has no business with it.
Reflect.deleteProperty(process.env, HOST_LOG_VARIABLE);

/** Writes an entry at once, so that it outlives a crash. */
export function record(entry: HostEntry): void {
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(entry)}\n`);
}

/** Notes a call that the stand-in does nothing about. */
export function recordCall(name: string, ...args: readonly unknown[]): void {
  record({ kind: 'call', name, args });
}

const timed = new Set<string>();

/** Notes a moment of the start, the first time only. */
export function recordTime(name: string): void {
  if (timed.has(name)) return;
  timed.add(name);
  record({ kind: 'time', name, atMs: Date.now() - startedAtMs });
}

/** Notes and prints an exception that nobody handled. */
export function recordFault(where: string, error: unknown): void {
  const message = `${where}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  record({ kind: 'fault', message });
  process.stderr.write(`stand-in: ${message}\n`);
}
