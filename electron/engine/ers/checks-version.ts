/**
 * The version of the checks of `validate`. Raise it with every change of what they find: results of an earlier version
 * that were kept in a state file are then found anew. Source: docs/bucket.md, "State file".
 */
export const CHECKS_VERSION = 1;
