/** How a bridge process ended; nulls where the system does not tell. */
export interface BridgeExit {
  readonly code: number | null;
  readonly signal: string | null;
}

/**
 * A bridge process that was started: a child of Node for the command line, a utility process of Electron for the app.
 * Messages are cloned with typed arrays in them.
 */
export interface BridgeProcess {
  /** Sends at once: what was sent may be wiped when this returns. Does nothing once the process has ended. */
  readonly send: (message: object) => void;
  readonly onMessage: (listener: (message: unknown) => void) => void;
  /** Told once, also when the process could not be started. */
  readonly onExit: (listener: (exit: BridgeExit) => void) => void;
  /** Ends the process at once, whatever it is doing: SIGKILL where there are signals. */
  readonly kill: () => void;
}

/** Starts a bridge process. */
export type StartBridge = () => BridgeProcess;
