/**
 * `contextBridge` over two worlds that share nothing but the DOM. Values travel in `CustomEvent.detail`, which
 * Chromium clones when another world reads it: at once, and with nothing of either world's objects in it.
 */

type Packed =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'function' | 'promise'; readonly id: number }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack: string }
  | { readonly kind: 'list'; readonly items: readonly Packed[] }
  | { readonly kind: 'record'; readonly entries: readonly (readonly [string, Packed])[] };

interface Answer {
  readonly type: 'answer';
  readonly isOk: boolean;
  readonly value: Packed;
}

type Message =
  | { readonly type: 'call'; readonly id: number; readonly args: readonly Packed[] }
  | { readonly type: 'settle'; readonly id: number; readonly isOk: boolean; readonly value: Packed }
  | { readonly type: 'expose'; readonly key: string; readonly value: Packed }
  | Answer;

type AnyFunction = (...args: unknown[]) => unknown;

const MAX_DEPTH = 1000;
const ERRORS: Readonly<Record<string, ErrorConstructor>> = {
  TypeError,
  RangeError,
  SyntaxError,
  ReferenceError,
};
const NOTHING: Packed = { kind: 'value', value: undefined };

/** One world's end of the bridge. */
export interface Bridge {
  /** Makes `api` a frozen property of the other world's window. */
  readonly expose: (key: string, api: unknown) => void;
}

/**
 * Opens one world's end. The same code runs in both.
 * @param secret part of the events' names
 * @param isIsolated whether this is the preload's world
 */
export function openBridge(secret: string, isIsolated: boolean): Bridge {
  // Taken before the page's scripts can replace them.
  const dispatch = EventTarget.prototype.dispatchEvent.bind(document);
  const listen = EventTarget.prototype.addEventListener.bind(document);
  const Custom = CustomEvent;
  const detail = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail');
  const me = `${secret}${isIsolated ? 'i' : 'm'}`;
  const peer = `${secret}${isIsolated ? 'm' : 'i'}`;
  const functions = new Map<number, AnyFunction>();
  const ids = new WeakMap<object, number>();
  const proxies = new Map<number, AnyFunction>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: unknown) => void }>();
  let lastId = 0;
  let answer: Answer | undefined;

  const tell = (message: Message): void => {
    dispatch(new Custom(peer, { detail: message }));
  };
  const ask = (message: Message): Answer => {
    answer = undefined;
    tell(message);
    const got = takeAnswer();
    if (got === undefined) throw new Error('contextBridge: the other world is not there');
    return got;
  };
  const takeAnswer = (): Answer | undefined => {
    const got = answer;
    answer = undefined;
    return got;
  };

  const pack = (value: unknown, depth = 0): Packed => {
    if (depth > MAX_DEPTH) throw new Error('Electron contextBridge recursion depth exceeded.');
    if (typeof value === 'function') return { kind: 'function', id: idOf(value as AnyFunction) };
    if (typeof value === 'symbol') return NOTHING;
    if (value === null || typeof value !== 'object') return { kind: 'value', value };
    if (value instanceof Promise) {
      const id = ++lastId;
      const settle = (isOk: boolean) => (result: unknown) => {
        tell({ type: 'settle', id, isOk, value: pack(result) });
      };
      value.then(settle(true), settle(false));
      return { kind: 'promise', id };
    }
    if (value instanceof Error) {
      return { kind: 'error', name: value.name, message: value.message, stack: value.stack ?? '' };
    }
    if (Array.isArray(value)) return { kind: 'list', items: value.map((item) => pack(item, depth + 1)) };
    if (isPlatformValue(value)) return { kind: 'value', value };
    return {
      kind: 'record',
      entries: Object.entries(value).map(([key, item]) => [key, pack(item, depth + 1)] as const),
    };
  };
  const idOf = (callee: AnyFunction): number => {
    const known = ids.get(callee);
    if (known !== undefined) return known;
    const id = ++lastId;
    ids.set(callee, id);
    functions.set(id, callee);
    return id;
  };

  const unpack = (packed: Packed, isFrozen: boolean): unknown => {
    switch (packed.kind) {
      case 'value':
        return packed.value;
      case 'function':
        return proxyOf(packed.id, isFrozen);
      case 'promise':
        return new Promise((resolve, reject) => waiting.set(packed.id, { resolve, reject }));
      case 'error': {
        const error = new (ERRORS[packed.name] ?? Error)(packed.message);
        error.stack = packed.stack;
        return error;
      }
      case 'list': {
        const list = packed.items.map((item) => unpack(item, isFrozen));
        return isFrozen ? Object.freeze(list) : list;
      }
      case 'record': {
        const object = Object.fromEntries(
          packed.entries.map(([key, item]) => [key, unpack(item, isFrozen)] as const),
        );
        return isFrozen ? Object.freeze(object) : object;
      }
    }
  };
  const proxyOf = (id: number, isFrozen: boolean): AnyFunction => {
    const known = proxies.get(id);
    if (known !== undefined) return known;
    const proxy: AnyFunction = (...args) => {
      const { isOk, value } = ask({ type: 'call', id, args: args.map((arg) => pack(arg)) });
      const result = unpack(value, isFrozen);
      if (isOk) return result;
      throw result;
    };
    proxies.set(id, proxy);
    return proxy;
  };

  const answerWith = (work: () => unknown): void => {
    let reply: Answer;
    try {
      reply = { type: 'answer', isOk: true, value: pack(work()) };
    } catch (error) {
      reply = { type: 'answer', isOk: false, value: pack(error) };
    }
    tell(reply);
  };
  listen(me, (event) => {
    const message = detail?.get?.call(event) as Message;
    switch (message.type) {
      case 'call':
        answerWith(() => functions.get(message.id)?.(...message.args.map((arg) => unpack(arg, false))));
        return;
      case 'expose':
        answerWith(() => {
          if (isIsolated) throw new Error('the page exposes nothing to the preload');
          define(message.key, unpack(message.value, true));
        });
        return;
      case 'settle': {
        const waiter = waiting.get(message.id);
        waiting.delete(message.id);
        const result = unpack(message.value, false);
        if (message.isOk) waiter?.resolve(result);
        else waiter?.reject(result);
        return;
      }
      case 'answer':
        answer = message;
        return;
    }
  });

  return {
    expose: (key, api) => {
      const { isOk, value } = ask({ type: 'expose', key, value: pack(api) });
      if (!isOk) throw unpack(value, false);
    },
  };
}

function isPlatformValue(value: object): boolean {
  return (
    ArrayBuffer.isView(value) ||
    [ArrayBuffer, Date, Map, Set, RegExp, Blob].some((constructor) => value instanceof constructor)
  );
}

function define(key: string, value: unknown): void {
  if (Object.hasOwn(window, key)) {
    throw new Error('Cannot bind an API on top of an existing property on the window object');
  }
  Object.defineProperty(window, key, { value, enumerable: true, writable: false, configurable: false });
}
