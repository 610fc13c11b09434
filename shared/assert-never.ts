/**
 * Marks a branch that the types prove unreachable; reaching it is a bug of ours.
 * @param value the value that no case handled
 */
export function assertNever(value: never): never {
  throw new Error(`unhandled case of kind ${typeof value}`);
}
