import { MAX_REASON, type BridgeAnswer } from '../protocol/answers.ts';
import { isUntrusted, numberField } from '../protocol/fields.ts';
import { readRequest, type BridgeRequest } from '../protocol/requests.ts';
import { loadPkcs11js } from './pkcs11js.ts';
import { CallFailed, NotLoaded, NotNow, TokenModule } from './token-module.ts';

const MALFORMED: BridgeAnswer = { kind: 'refused', reason: 'malformed' };

/** How the bridge hears and speaks: Node's channel to a parent, or Electron's. */
export interface BridgePort {
  /** Sends at once: what was sent may be wiped when this returns. */
  readonly post: (message: object) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
}

/** Answers requests one after the other; each call of the module blocks this process, which does nothing else. */
export function serveBridge(port: BridgePort): void {
  let module: TokenModule | undefined;

  const load = (file: string, initArgs: string): BridgeAnswer => {
    if (module !== undefined) throw new NotNow('loaded already');
    const loaded = loadPkcs11js();
    if (typeof loaded === 'string') return { kind: 'absent', reason: loaded };
    module = new TokenModule(loaded, file, initArgs);
    return { kind: 'done' };
  };

  const answer = (request: BridgeRequest): BridgeAnswer => {
    if (request.kind === 'load') return load(request.file, request.initArgs);
    if (module === undefined) throw new NotNow('nothing loaded');
    switch (request.kind) {
      case 'tokens':
        return { kind: 'tokens', tokens: module.tokens() };
      case 'open-session':
        module.openSession(request.slotIdHex);
        return { kind: 'done' };
      case 'login':
        module.login(request.pin);
        return { kind: 'done' };
      case 'keys':
        return { kind: 'keys', keys: module.keys() };
      case 'decrypt':
        return { kind: 'block', block: module.decrypt(request) };
      case 'reopen':
        module.reopen();
        return { kind: 'done' };
      case 'close':
        module.close();
        module = undefined;
        return { kind: 'done' };
    }
  };

  port.onMessage((message) => {
    const request = readRequest(message);
    if (request === undefined) {
      port.post({ id: isUntrusted(message) ? numberField(message, 'id') : undefined, ...MALFORMED });
      return;
    }
    const { id } = request;
    try {
      const result = settled(() => answer(request));
      port.post({ id, ...result });
      if (result.kind === 'block') result.block.fill(0);
    } finally {
      if (request.kind === 'login' || request.kind === 'decrypt') request.pin.fill(0);
    }
  });
}

/** What went wrong, without what a module or a runtime says of it: only numbers and names cross. */
function settled(work: () => BridgeAnswer): BridgeAnswer {
  try {
    return work();
  } catch (error) {
    if (error instanceof CallFailed) return { kind: 'ckr', ckr: error.ckr, call: error.call };
    if (error instanceof NotLoaded) return { kind: 'not-loaded', reason: error.message.slice(0, MAX_REASON) };
    if (error instanceof NotNow) return { kind: 'refused', reason: error.message };
    return { kind: 'refused', reason: 'unexpected' };
  }
}
