/** What a bug of ours needs of the process. */
export interface BugPorts {
  readonly on: (
    event: 'uncaughtException' | 'unhandledRejection',
    listener: (error: unknown) => void,
  ) => void;
  readonly writeError: (line: string) => void;
  /** Wipes the session; may throw. */
  readonly wipe: () => void;
  readonly exit: (code: number) => void;
}

/**
 * What may be told of a bug: its kind and place. Its message may hold anything, a secret as well.
 * @param error that was thrown
 */
export function bugLine(error: unknown): string {
  const kind = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? /\n\s+(at [^\n]{0,200})/.exec(error.stack ?? '')?.[1] : undefined;
  return `breakglass: a fault of this program: ${kind}${place === undefined ? '' : ` ${place}`}\n`;
}

/** Ends the app on a bug that nothing caught, in place of Electron's own box, which shows the error's message. */
export function endOnBugs({ on, writeError, wipe, exit }: BugPorts): void {
  const end = (error: unknown): void => {
    writeError(bugLine(error));
    try {
      wipe();
    } finally {
      exit(1);
    }
  };
  on('uncaughtException', end);
  on('unhandledRejection', end);
}
