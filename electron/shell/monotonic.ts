/**
 * Milliseconds of a clock that nobody can set: what is to last for a while is measured by it, so that a wall clock set
 * forward or back neither shortens nor lengthens it. On Linux and macOS it stands still while the machine is suspended;
 * there the power events end the session, and no time has to. Source: docs/app-security.md.
 */
export function monotonicMs(): number {
  return performance.now();
}
