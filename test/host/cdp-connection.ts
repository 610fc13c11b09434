import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';

import type { CdpCommands, CdpEvents } from './cdp-protocol.ts';

interface Incoming {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Pending {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One conversation over the connection: with the browser itself, or with one of its targets. */
export class CdpSession {
  readonly id: string | undefined;
  private readonly connection: CdpConnection;
  private readonly events = new EventEmitter();

  /** Made by the connection only. */
  constructor(connection: CdpConnection, id: string | undefined) {
    this.connection = connection;
    this.id = id;
    this.events.setMaxListeners(0);
  }

  /** Sends a command; fails with Chromium's complaint, or when the connection ends first. */
  async send<M extends keyof CdpCommands>(method: M, params: CdpCommands[M][0]): Promise<CdpCommands[M][1]> {
    return (await this.connection.send(method, params, this.id)) as CdpCommands[M][1];
  }

  /** Sends a command whose failure has nobody to hear it: the target may be gone already. */
  tell<M extends keyof CdpCommands>(method: M, params: CdpCommands[M][0]): Promise<void> {
    return this.send(method, params).then(
      () => undefined,
      () => undefined,
    );
  }

  /** Listens. */
  on<E extends keyof CdpEvents>(event: E, listener: (params: CdpEvents[E]) => void): void {
    this.events.on(event, listener);
  }

  /** Called by the connection only. */
  dispatch(event: string, params: unknown): void {
    this.events.emit(event, params);
  }
}

/** The DevTools protocol over Chromium's `--remote-debugging-pipe`: JSON, ended by a zero byte. */
export class CdpConnection {
  readonly root: CdpSession;
  private readonly sessions = new Map<string | undefined, CdpSession>();
  private readonly pending = new Map<number, Pending>();
  private readonly writable: Writable;
  private lastId = 0;
  private isClosed = false;

  /** Takes over Chromium's two pipes. */
  constructor(writable: Writable, readable: Readable) {
    this.writable = writable;
    this.root = new CdpSession(this, undefined);
    this.sessions.set(undefined, this.root);
    let chunks: Buffer[] = [];
    readable.on('data', (data: Buffer) => {
      let start = 0;
      for (let end = data.indexOf(0); end !== -1; end = data.indexOf(0, start)) {
        chunks.push(data.subarray(start, end));
        const text = Buffer.concat(chunks).toString();
        chunks = [];
        start = end + 1;
        this.receive(JSON.parse(text) as Incoming);
      }
      chunks.push(data.subarray(start));
    });
    const close = (): void => {
      this.close();
    };
    readable.on('close', close);
    readable.on('error', close);
    writable.on('error', close);
  }

  /** The conversation with a target that was attached. */
  session(id: string): CdpSession | undefined {
    return this.sessions.get(id);
  }

  /** Called by sessions. */
  send(method: string, params: unknown, sessionId: string | undefined): Promise<unknown> {
    if (this.isClosed) return Promise.reject(new Error(`${method}: Chromium is gone`));
    const id = ++this.lastId;
    this.writable.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => this.pending.set(id, { method, resolve, reject }));
  }

  private receive(message: Incoming): void {
    if (message.id !== undefined) {
      const pending = this.pending.get(message.id);
      this.pending.delete(message.id);
      if (message.error === undefined) pending?.resolve(message.result);
      else pending?.reject(new Error(`${pending.method}: ${message.error.message}`));
      return;
    }
    const { method = '', params, sessionId } = message;
    if (method === 'Target.attachedToTarget') {
      const { sessionId: attached } = params as CdpEvents['Target.attachedToTarget'];
      this.sessions.set(attached, new CdpSession(this, attached));
    }
    if (method === 'Target.detachedFromTarget') {
      const { sessionId: detached } = params as CdpEvents['Target.detachedFromTarget'];
      this.sessions.get(detached)?.dispatch('detached', {});
      this.sessions.delete(detached);
    }
    this.sessions.get(sessionId)?.dispatch(method, params);
  }

  private close(): void {
    this.isClosed = true;
    for (const { method, reject } of this.pending.values()) reject(new Error(`${method}: Chromium is gone`));
    this.pending.clear();
  }
}
