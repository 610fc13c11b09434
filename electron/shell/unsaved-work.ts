import type { SessionState } from '../../shared/session-state.ts';

/** What asking before unsaved work is lost reaches. */
export interface UnsavedWorkPorts {
  readonly state: () => SessionState;
  /** Asks the user. @returns whether the work may be lost; false as well where nobody could be asked */
  readonly ask: () => Promise<boolean>;
}

/** Something that is about to happen, and can be prevented: the window closes, the app quits. */
interface Preventable {
  preventDefault(): void;
}

/**
 * Changes of a register that are in no file yet: whoever is about to lose them by their own doing is asked first.
 * Ends that keep somebody from secrets go past this: they ask nobody.
 */
export class UnsavedWork {
  readonly #ports: UnsavedWorkPorts;
  #asking = false;
  /** Once the user has agreed, the window and the app end without another question. */
  #agreed = false;

  constructor(ports: UnsavedWorkPorts) {
    this.#ports = ports;
  }

  /** Whether the user may leave the register: nothing would be lost, or they said so. */
  mayLeave(): Promise<boolean> {
    return this.#isThere ? this.#ports.ask() : Promise.resolve(true);
  }

  /**
   * Holds an end up until the user has answered.
   * @param event of the end
   * @param goOn ends, when the answer is to lose the work
   * @returns whether it is held up
   */
  holdUp(event: Preventable, goOn: () => void): boolean {
    if (this.#agreed || !this.#isThere) return false;
    event.preventDefault();
    if (!this.#asking) void this.#askOnce(goOn);
    return true;
  }

  async #askOnce(goOn: () => void): Promise<void> {
    this.#asking = true;
    try {
      this.#agreed = await this.#ports.ask();
    } finally {
      this.#asking = false;
    }
    if (this.#agreed) goOn();
  }

  get #isThere(): boolean {
    const { stage } = this.#ports.state();
    return stage.kind === 'register' && stage.open?.unsaved === true;
  }
}
