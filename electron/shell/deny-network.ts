import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

import { RecoveryError } from '../../shared/recovery-error.ts';

/** An object, the name under which its refusals are told, and which of its functions are refused. */
type Denied = readonly [owner: object, name: string, functions: readonly string[]];

/** Functions of `node:dns` that ask nobody. */
const DNS_SETTINGS = /^(?:get|set)/;

function asking(owner: object): readonly string[] {
  return Object.keys(owner).filter(
    (name) => typeof Reflect.get(owner, name) === 'function' && !DNS_SETTINGS.test(name),
  );
}

/** All ways of Node to a network, outwards and inwards. */
const DENIED: readonly Denied[] = [
  [net, 'net', ['connect', 'createConnection', 'createServer']],
  [net.Socket.prototype, 'net.Socket', ['connect']],
  [net.Server.prototype, 'net.Server', ['listen']],
  [tls, 'tls', ['connect', 'createServer']],
  [http, 'http', ['request', 'get', 'createServer', 'WebSocket']],
  [https, 'https', ['request', 'get', 'createServer']],
  [http2, 'http2', ['connect', 'createServer', 'createSecureServer']],
  [dgram, 'dgram', ['createSocket']],
  [dgram.Socket.prototype, 'dgram.Socket', ['bind', 'connect', 'send']],
  [dns, 'dns', asking(dns)],
  [dns.promises, 'dns.promises', asking(dns.promises)],
  [globalThis, 'globalThis', ['fetch', 'WebSocket', 'EventSource', 'WebTransport']],
];

/**
 * Makes every way to the network throw `network.denied`, for good: the functions can't be put back.
 * @param electronNet Electron's own `net`, where there is one
 */
export function denyNetwork(electronNet?: object): void {
  const electron: readonly Denied[] =
    electronNet === undefined ? [] : [[electronNet, 'electron.net', ['request', 'fetch', 'resolveHost']]];
  for (const [owner, name, functions] of [...DENIED, ...electron]) {
    for (const key of functions) if (key in owner) deny(owner, key, `${name}.${key}`);
  }
  syncBuiltinESMExports();
}

/** A function, since some of these are called with `new`. */
function deny(owner: object, key: string, what: string): void {
  const refuse = function (): never {
    throw new RecoveryError('network.denied', { what });
  };
  Object.defineProperty(owner, key, {
    value: refuse,
    writable: false,
    configurable: false,
    enumerable: true,
  });
}
