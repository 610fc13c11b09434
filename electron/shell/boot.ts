/** One named step of setting the app up. A step that throws stops the app. */
export interface BootStep {
  readonly name: string;
  readonly run: () => void | Promise<void>;
}

/** What a failed start needs of the app. */
export interface BootPorts {
  readonly isReady: () => boolean;
  readonly showError: (title: string, text: string) => void;
  readonly writeError: (line: string) => void;
  readonly exit: (code: number) => void;
}

/**
 * Runs the steps in order. The first one that throws is named on stderr, and in a box once there can be one, and the
 * app ends with code 1: a door that can't be locked is not opened. No secret is loaded before the last step.
 * Steps up to the first that waits run without giving way, since some must be done before Electron is ready.
 * @param steps in order
 * @param ports how to say it and end
 */
export async function boot(steps: readonly BootStep[], ports: BootPorts): Promise<boolean> {
  for (const { name, run } of steps) {
    try {
      const pending = run();
      if (pending !== undefined) await pending;
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown';
      ports.writeError(`breakglass: not started, since the step "${name}" failed: ${why}\n`);
      if (ports.isReady()) {
        ports.showError(
          'Breakglass was not started',
          `The set-up step "${name}" failed: ${why}. Nothing was loaded. Start it again; if it fails again, use another copy of the app.`,
        );
      }
      ports.exit(1);
      return false;
    }
  }
  return true;
}
