import { CHANNELS, OFFER_DROPPED, type Channel } from '../../shared/contract.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { settle, type Result } from '../../shared/result.ts';
import type { SessionState } from '../../shared/session-state.ts';
import type { Calls } from './calls.ts';
import type { DroppedFiles } from './dropped-files.ts';
import type { Refusals } from './refusals.ts';
import { parseRequest } from './requests.ts';
import { isOwnUrl, type PageHost } from './scheme.ts';

/** Who calls, as Electron tells it. */
export interface Caller {
  readonly sender: object;
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}

/** What is used of Electron's `ipcMain`; nothing else in the app may touch it. */
export interface IpcHost {
  handle(channel: string, listener: (caller: Caller, ...args: unknown[]) => Promise<unknown>): void;
}

/** Who may call on a channel, and who is told of it. */
export interface Gate {
  /** The page that may call. */
  readonly host: PageHost;
  /** The contents of the window that shows it; undefined while there is none. */
  readonly page: () => object | undefined;
  /** Told of every call that was let in: somebody is there. */
  readonly onCall: () => void;
  readonly onBug: (error: unknown) => void;
  readonly refusals: Refusals;
}

/** What the registrar needs. */
export interface IpcPorts extends Omit<Gate, 'host'> {
  readonly calls: Calls;
  readonly dropped: Pick<DroppedFiles, 'offer'>;
  readonly state: () => SessionState;
}

/**
 * Opens the contract's channels and the one of preload. Each call is let in only from the main frame of our window
 * while it shows our page; what it sends is parsed; its answer is a value, whatever happens.
 */
export function registerCalls(host: IpcHost, ports: IpcPorts): void {
  const gate: Gate = { ...ports, host: 'bundle' };
  for (const channel of CHANNELS) {
    openChannel(host, channel, gate, async (request): Promise<SessionState> => {
      await call(ports.calls, channel, request);
      return ports.state();
    });
  }
  openChannel(host, OFFER_DROPPED, gate, (request) => ports.dropped.offer(request));
}

/** Opens one channel to one page. */
export function openChannel<Value>(
  ipc: IpcHost,
  channel: string,
  gate: Gate,
  answer: (request: unknown) => Promise<Value> | Value,
): void {
  ipc.handle(channel, (caller, ...args) =>
    answered(gate, args, () => {
      if (!isTrusted(caller, gate.page(), gate.host)) {
        gate.refusals.add('call', channel);
        throw new RecoveryError('ipc.untrusted', { channel });
      }
      gate.onCall();
      if (args.length !== 1) throw new RecoveryError('ipc.malformed', { channel, field: 'request' });
      return answer(args[0]);
    }),
  );
}

function call<Name extends Channel>(
  calls: { readonly [Each in Name]: Calls[Each] },
  channel: Name,
  request: unknown,
): void | Promise<void> {
  return calls[channel](parseRequest(channel, request));
}

/** Whether a call comes from a page of ours in its own window, and not from a frame within it. */
export function isTrusted(
  { sender, senderFrame }: Caller,
  page: object | undefined,
  host: PageHost,
): boolean {
  return (
    page !== undefined &&
    sender === page &&
    senderFrame !== null &&
    senderFrame.parent === null &&
    isOwnUrl(senderFrame.url, host)
  );
}

/** No error object goes to the page: a fault goes as a value, and of a bug only that it happened. */
async function answered<Value>(
  { onBug }: Gate,
  args: readonly unknown[],
  work: () => Promise<Value> | Value,
): Promise<Result<Value>> {
  try {
    return await settle(work);
  } catch (error) {
    onBug(error);
    return { ok: false, fault: { code: 'bug.unexpected', details: {} } };
  } finally {
    for (const request of args) wipeBytes(request);
  }
}

/** Bytes come to us as passwords alone, also in a call that was refused; whoever took them took a copy. */
function wipeBytes(request: unknown): void {
  if (typeof request !== 'object' || request === null) return;
  for (const value of Object.values(request)) if (value instanceof Uint8Array) value.fill(0);
}
