import type { KeyId } from '../../shared/ids.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { RegisterDraft, RegisterRow } from '../../shared/register.ts';
import { readRegisterRow } from './register-fields.ts';
import type { Register } from './register.ts';

/** A register of no wallets. */
export function emptyRegister(): Register {
  return new Map();
}

/**
 * The register with one more row, at its end.
 * Fails with `register.row-invalid`, naming the field, also for a key id that is listed already.
 */
export function addRow(register: Register, draft: RegisterDraft): Register {
  const row = readDraft(draft, {});
  refuseListed(register, row.keyId);
  return new Map([...register, [row.keyId, row]]);
}

/**
 * The register with one row changed, in its place; what stands in columns of the custodian's own stays.
 * Fails with `register.row-invalid`, naming the field, and with `register.not-listed` where there is no such row.
 * @param keyId of the row as it was
 */
export function changeRow(register: Register, keyId: KeyId, draft: RegisterDraft): Register {
  const old = register.get(keyId);
  if (old === undefined) throw new RecoveryError('register.not-listed', { keyId });
  const row = readDraft(draft, old.further);
  if (row.keyId !== keyId) refuseListed(register, row.keyId);
  return new Map([...register].map(([id, each]) => (id === keyId ? [row.keyId, row] : [id, each])));
}

/** The register without one row. Fails with `register.not-listed` where there is none. */
export function removeRow(register: Register, keyId: KeyId): Register {
  if (!register.has(keyId)) throw new RecoveryError('register.not-listed', { keyId });
  return new Map([...register].filter(([id]) => id !== keyId));
}

function readDraft(draft: RegisterDraft, further: Readonly<Record<string, string>>): RegisterRow {
  return readRegisterRow(draft, further, (field) => {
    throw new RecoveryError('register.row-invalid', { field, reason: 'not understood' });
  });
}

function refuseListed(register: Register, keyId: KeyId): void {
  if (register.has(keyId))
    throw new RecoveryError('register.row-invalid', { field: 'key_id', reason: 'listed twice', keyId });
}
