import { RecoveryError } from '../../shared/recovery-error.ts';

/** A module of Node, the object in it, and which of that object's functions are refused. */
type Denied = readonly [module: string, object: string, functions: readonly string[] | 'all'];

/** What takes the name of a user or group, for which the system may ask a server. */
const IDENTITY = ['setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups'];

/**
 * Node's ways to a network, outwards and inwards: in Node 20 to 26. What begins with `_` is not documented, and gives
 * the same sockets. A constructor is refused where what it makes holds a socket already.
 */
const DENIED: readonly Denied[] = [
  ['net', '', ['connect', 'createConnection', 'createServer', 'BoundSocket']],
  ['net', '', ['_createServerHandle', '_TransferredBoundSocket']],
  ['net', 'Socket.prototype', ['connect']],
  ['net', 'Server.prototype', ['listen', '_listen2']],
  ['tls', '', ['connect', 'createServer', 'TLSSocket']],
  ['tls', 'TLSSocket.prototype', ['_wrapHandle']],
  ['http', '', ['request', 'get', 'createServer', 'WebSocket']],
  ['https', '', ['request', 'get', 'createServer']],
  ['http2', '', ['connect', 'createServer', 'createSecureServer']],
  ['dgram', '', ['createSocket', '_createSocketHandle', 'Socket']],
  ['dgram', 'Socket.prototype', ['bind', 'connect', 'send', 'sendto']],
  ['dns', '', 'all'],
  ['dns', 'promises', 'all'],
  ['quic', '', 'all'],
  ['cluster', '', ['fork', 'setupPrimary', 'setupMaster']],
  // Native code opens sockets by itself: called directly, as an extension of a database, or as an engine of OpenSSL.
  ['crypto', '', ['setEngine']],
  ['ffi', '', ['dlopen', 'DynamicLibrary']],
  ['sqlite', '', ['Database', 'DatabaseSync']],
  // A debugger listens; a session of one, in this very thread, reads the bindings out of the closures of Node's code.
  ['inspector', '', ['open', 'Session']],
  ['inspector/promises', '', ['open', 'Session']],
  ['os', '', ['userInfo']],
  // The checks that keep code within its memory can be turned off as it runs.
  ['v8', '', ['setFlagsFromString']],
  // `execve` goes on as another program.
  ['process', '', ['binding', '_debugProcess', 'execve', ...IDENTITY]],
];

const GLOBALS = ['fetch', 'WebSocket', 'WebSocketStream', 'EventSource', 'WebTransport', 'XMLHttpRequest'];

const LINKED = '_linkedBinding';

/** Bindings that Electron's own modules load when they are first used; Node has no such names. */
const ELECTRON_BINDING = /^electron_/;

/** What was put in place of a way. */
const refusals = new WeakSet<object>();

/**
 * Makes the ways of the calling thread to a network throw `network.denied`, for good: the functions can't be put back.
 * Called again it leaves them as they are. What this does not reach stands in docs/threat-model.md, "The network".
 * @param electronNet Electron's own `net`, where there is one
 */
export function denyNetwork(electronNet?: object): void {
  // Nothing is imported that is denied, so that the bundlers can refuse such imports to every file.
  const ways = DENIED.flatMap(([module, path, functions]) => {
    const owner = objectIn(builtinModule(module), path);
    const name = [module, ...path.split('.')].filter((part) => part !== '' && part !== 'prototype').join('.');
    return owner === undefined ? [] : [[owner, name, functions === 'all' ? functionsOf(owner) : functions]];
  }) as (readonly [owner: object, name: string, functions: readonly string[]])[];
  ways.push([globalThis, 'globalThis', GLOBALS]);
  if (electronNet !== undefined)
    ways.push([electronNet, 'electron.net', ['request', 'fetch', 'resolveHost', 'WebSocket']]);
  for (const [owner, name, functions] of ways) {
    for (const key of functions) if (key in owner) replace(owner, key, refusal(`${name}.${key}`));
  }
  denyEngines();
  denyLinkedBindings();
  ignoreDebugSignal();
  tellImports();
}

/**
 * Makes `process.dlopen` throw `network.denied` in the calling thread, for good: an addon is native code, which can open
 * a socket. The one process that loads an addon is the HSM's bridge.
 */
export function denyAddons(): void {
  replace(process, 'dlopen', refusal('process.dlopen'));
  tellImports();
}

/**
 * A module that this Node or Electron has: a build may lack the debugger, and only newer ones have QUIC. What is
 * experimental is loaded without Node's warning of it, since it is not used.
 */
function builtinModule(name: string): object | undefined {
  const emitWarning = Reflect.get(process, 'emitWarning') as unknown;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule(`node:${name}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_INSPECTOR_NOT_AVAILABLE') return undefined;
    throw error;
  } finally {
    Reflect.set(process, 'emitWarning', emitWarning);
  }
}

/** What stands in an object at a path like `Socket.prototype`. */
function objectIn(owner: object | undefined, path: string): object | undefined {
  const steps = path === '' ? [] : path.split('.');
  return steps.reduce<object | undefined>(
    (at, step) => (at === undefined ? undefined : (Reflect.get(at, step) as object | undefined)),
    owner,
  );
}

function functionsOf(owner: object): readonly string[] {
  return Object.keys(owner).filter((name) => typeof Reflect.get(owner, name) === 'function');
}

/** A function, since some of these are called with `new`. */
function refusal(what: string): () => never {
  return function (): never {
    throw new RecoveryError('network.denied', { what });
  };
}

function replace(owner: object, key: string, refuse: object): void {
  const there = Object.getOwnPropertyDescriptor(owner, key)?.value as unknown;
  if (typeof there === 'function' && refusals.has(there)) return;
  refusals.add(refuse);
  Object.defineProperty(owner, key, {
    value: refuse,
    writable: false,
    configurable: false,
    enumerable: true,
  });
}

/** Makes what was imported by its name the refusal too. */
function tellImports(): void {
  (builtinModule('module') as { readonly syncBuiltinESMExports: () => void }).syncBuiltinESMExports();
}

/** TLS loads engines by the native half of its contexts, which every constructor shares; BoringSSL has none. */
function denyEngines(): void {
  const tls = builtinModule('tls') as { readonly SecureContext: new () => { readonly context: object } };
  const native = Object.getPrototypeOf(new tls.SecureContext().context) as object;
  for (const key of ['setEngineKey', 'setClientCertEngine']) {
    if (key in native) replace(native, key, refusal(`tls.SecureContext.${key}`));
  }
}

/** Electron's modules go on loading theirs. */
function denyLinkedBindings(): void {
  const load = Reflect.get(process, LINKED) as ((name: string) => unknown) | undefined;
  if (load === undefined) return;
  const refuse = refusal(`process.${LINKED}`);
  replace(process, LINKED, (name: unknown): unknown =>
    typeof name === 'string' && ELECTRON_BINDING.test(name) ? load.call(process, name) : refuse(),
  );
}

/** Node opens its debugger at SIGUSR1, whoever sends it, unless somebody listens; another thread can't. */
function ignoreDebugSignal(): void {
  if (process.listenerCount('SIGUSR1') === 0) process.on('SIGUSR1', () => undefined);
}
