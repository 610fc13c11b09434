/** A task that an interruption would run. */
export interface PendingUndo {
  /** Runs the task now, and no second time. */
  readonly undo: () => void;
  /** Drops the task: what it would undo is to stay. */
  readonly keep: () => void;
}

/** What an interruption has to undo. Ctrl-C runs it before the process ends; so does the end of a command. */
export class CleanUp {
  readonly #tasks = new Set<() => void>();

  /**
   * Remembers how to undo something.
   * @param task synchronous, and safe to run when there is nothing left to undo
   */
  add(task: () => void): PendingUndo {
    this.#tasks.add(task);
    return {
      undo: () => {
        if (this.#tasks.delete(task)) task();
      },
      keep: () => {
        this.#tasks.delete(task);
      },
    };
  }

  /** Undoes everything that is still remembered, the newest first. @returns whether all of it could be undone */
  runAll(): boolean {
    let isUndone = true;
    for (const task of [...this.#tasks].reverse()) {
      this.#tasks.delete(task);
      try {
        task();
      } catch {
        // The rest is undone all the same: a key may be among it.
        isUndone = false;
      }
    }
    return isUndone;
  }
}
