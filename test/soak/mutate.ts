import type { Dice } from './dice.ts';
import { hostileValue } from './hostile-value.ts';

const utf8 = new TextEncoder();

/** A hostile input near a valid one: what it is made of is changed at one to three places, layer by layer. */
export function mutate(seed: Uint8Array, dice: Dice): Uint8Array {
  let content = seed;
  for (let left = 1 + dice.below(3); left > 0; left--) content = mutateOnce(content, dice);
  return content;
}

function mutateOnce(content: Uint8Array, dice: Dice): Uint8Array {
  if (content.length === 0 || dice.oneIn(4)) return mutateBytes(content, dice);
  const text = asText(content);
  if (text === undefined) return mutateDer(content, dice);
  const json = parsed(text);
  if (json !== undefined) return utf8.encode(toJson(mutateJson(json, dice)));
  const pem = /^(-----BEGIN [^-]+-----\s)([A-Za-z0-9+/=\s]+)(-----END [^-]+-----\s*)$/.exec(text);
  if (pem !== null) {
    const inner = mutateOnce(Buffer.from(pem[2] ?? '', 'base64'), dice);
    return utf8.encode(`${pem[1] ?? ''}${Buffer.from(inner).toString('base64')}\n${pem[3] ?? ''}`);
  }
  if (/^[0-9a-f]{8,}\s*$/i.test(text)) {
    return utf8.encode(Buffer.from(mutateOnce(Buffer.from(text.trim(), 'hex'), dice)).toString('hex'));
  }
  if (isBase64(text)) return utf8.encode(wrapped(text, dice));
  return mutateLines(text, dice);
}

/** Flips, cuts, repeats and moves bytes, whatever they are. */
function mutateBytes(content: Uint8Array, dice: Dice): Uint8Array {
  const at = dice.below(content.length + 1);
  const to = at + dice.below(content.length - at + 1);
  switch (dice.below(6)) {
    case 0:
      return content.map((byte, i) => (i === at ? byte ^ (1 << dice.below(8)) : byte));
    case 1:
      return content.slice(0, at);
    case 2:
      return content.slice(at);
    case 3:
      return Buffer.concat([content.subarray(0, to), content.subarray(at)]);
    case 4:
      return Buffer.concat([content.subarray(0, at), dice.bytes(dice.below(40)), content.subarray(to)]);
    default:
      return content.map((byte, i) => (i >= at && i < to ? dice.pick([0, 0xff, 0x80, 0x30]) : byte));
  }
}

/** Finds a value of DER and changes its tag, its length, or all of it. */
function mutateDer(content: Uint8Array, dice: Dice): Uint8Array {
  const at = offsetOfValue(content, dice);
  const length = dice.pick([
    [0x00],
    [0x7f],
    [0x80],
    [0x81, 0x01],
    [0x84, 0xff, 0xff, 0xff, 0xff],
    [0x88, 1, 0, 0, 0],
  ]);
  switch (dice.below(4)) {
    case 0:
      return content.map((byte, i) =>
        i === at ? dice.pick([0x02, 0x03, 0x04, 0x05, 0x06, 0x30, 0xa0, 0xbf]) : byte,
      );
    case 1:
      return Buffer.concat([content.subarray(0, at + 1), Uint8Array.from(length), content.subarray(at + 2)]);
    case 2:
      return Buffer.concat([content.subarray(0, at), Uint8Array.of(0x30, 0x80), content.subarray(at)]);
    default:
      return mutateBytes(content, dice);
  }
}

/** Steps into values until chance or their end stops it. */
function offsetOfValue(content: Uint8Array, dice: Dice): number {
  let at = 0;
  while (at + 2 < content.length && !dice.oneIn(5)) {
    const tag = content[at] ?? 0;
    const length = content[at + 1] ?? 0;
    const header = length < 0x80 ? 2 : 2 + (length & 0x7f);
    const isOuter = (tag & 0x20) !== 0 || tag === 0x04;
    at += isOuter && !dice.oneIn(3) ? header : header + (length < 0x80 ? length : 0);
  }
  return Math.min(at, content.length - 1);
}

/** Changes one value of a document; a text that holds base64 of a document is opened first. */
export function mutateJson(value: unknown, dice: Dice): unknown {
  if (typeof value === 'string' && value.length > 20 && isBase64(value) && !dice.oneIn(4))
    return wrapped(value, dice);
  if (dice.oneIn(4) || typeof value !== 'object' || value === null) return hostileValue(dice, [], 2);
  if (Array.isArray(value)) {
    const list = [...(value as readonly unknown[])];
    const at = dice.below(list.length + 1);
    if (dice.oneIn(5)) list.splice(at, dice.below(3), ...list.slice(0, dice.below(4)));
    else list[at] = mutateJson(list[at], dice);
    return list;
  }
  const entries = Object.entries(value);
  const at = dice.below(entries.length);
  const [name = 'x', inner] = entries[at] ?? [];
  const changed: [string, unknown][] = dice.oneIn(5)
    ? []
    : [[dice.oneIn(8) ? '__proto__' : name, mutateJson(inner, dice)]];
  entries.splice(at, 1, ...changed);
  return Object.fromEntries(entries);
}

/** The same in base64, changed inside. */
function wrapped(text: string, dice: Dice): string {
  return Buffer.from(mutateOnce(new Uint8Array(Buffer.from(text, 'base64')), dice)).toString('base64');
}

function mutateLines(text: string, dice: Dice): Uint8Array {
  const lines = text.split('\n');
  const at = dice.below(lines.length);
  const noise = dice.pick([
    '',
    ',',
    '"',
    '\u0000',
    '\ufeff',
    '\u202e',
    '='.repeat(70),
    'a'.repeat(5000),
    lines[0] ?? '',
  ]);
  if (dice.oneIn(2)) lines.splice(at, dice.below(2), noise);
  else lines[at] = (lines[at] ?? '').split(',').toSpliced(dice.below(4), 1, noise).join(',');
  return utf8.encode(lines.join('\n'));
}

/** What JSON can't say is said as a text, or not at all: an object whose prototype is a date is none. */
export function toJson(value: unknown): string {
  const plain = (_name: string, each: unknown): unknown => (typeof each === 'bigint' ? String(each) : each);
  try {
    const text = JSON.stringify(value, plain) as string | undefined;
    return text ?? '';
  } catch {
    return '';
  }
}

function isBase64(text: string): boolean {
  return text.trim().length >= 8 && /^[A-Za-z0-9+/]+=*\s*$/.test(text);
}

function asText(content: Uint8Array): string | undefined {
  const text = Buffer.from(content).toString('latin1');
  return /^[\t\n\r\x20-\x7e]+$/.test(text) ? text : undefined;
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
