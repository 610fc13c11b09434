import type { HsmKeyView, HsmToken, PinState } from '../../../shared/hsm.ts';
import type { KeySource } from '../../../shared/key-source.ts';

/** One token, as `hsm list` reports it. */
export interface TokenLine extends Omit<HsmToken, 'slotIdHex'> {
  readonly slotId: string;
  readonly loggedIn: boolean;
  readonly keys: readonly HsmKeyView[];
}

const PIN_WORDS: Readonly<Record<PinState, string>> = {
  good: 'set',
  low: 'set, few tries left',
  final: 'set, ONE TRY LEFT',
  locked: 'LOCKED',
  'not-set': 'not set',
};

/** A token in words: what it says of itself, and the keys that it shows. */
export function describeToken(line: TokenLine): readonly string[] {
  const { label, manufacturer, model, serial, slotId, initialized, loginRequired, pin, keys } = line;
  if (!initialized) return [`Slot ${slotId}: a token that was not set up yet (${manufacturer}, ${model})`];
  const hidden = loginRequired && !line.loggedIn;
  return [
    `Token ${label === '' ? '(no label)' : label}`,
    `  made by      ${manufacturer}, ${model}`,
    `  serial       ${serial}, in slot ${slotId}`,
    `  PIN          ${loginRequired ? PIN_WORDS[pin] : 'none wanted'}`,
    ...keys.flatMap(describeKey),
    ...(keys.length > 0
      ? []
      : [`  no RSA private key${hidden ? ' is shown before login; add --login' : ''}`]),
  ];
}

/** Where the recovery key was, and what the token did of the decryption. */
export function describeKeySource(source: KeySource): string {
  if (source.kind === 'file') return 'a key file';
  const { keyLabel, tokenLabel, mechanism } = source;
  const how = mechanism === 'token-oaep' ? 'OAEP in the token' : 'raw in token, padding removed here';
  return `key "${keyLabel}" of the token "${tokenLabel}": ${how}`;
}

function describeKey(key: HsmKeyView): readonly string[] {
  const size = key.modulusBits === 0 ? 'its numbers make no RSA key' : `RSA-${key.modulusBits}`;
  return [
    `  key          ${key.label} (id ${key.idHex === '' ? 'none' : key.idHex}), ${size}`,
    `    print      ${key.fingerprintHex}`,
    `    decrypts   ${key.canDecrypt ? 'yes' : 'NO, by what the token says'}${key.alwaysAuthenticate ? ', with the PIN each time' : ''}`,
  ];
}
