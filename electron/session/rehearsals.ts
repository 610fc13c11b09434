import type { RehearsalPlan } from '../../shared/rehearsal.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import { checkPlan, makeRehearsal } from './rehearsal-kit.ts';
import type { PartPorts } from './part-ports.ts';

/** What making a rehearsal works with: the session that it is a part of. */
export interface RehearsalsPorts extends PartPorts {
  readonly addPaths: (paths: readonly string[]) => Promise<void>;
  readonly randomBytes: RandomBytes;
}

/** The part of a session that makes files to rehearse on, in a drill. */
export class Rehearsals {
  readonly #ports: RehearsalsPorts;

  constructor(ports: RehearsalsPorts) {
    this.#ports = ports;
  }

  /** Turns from the files to making some. */
  begin(): void {
    this.#ports.apply({ kind: 'rehearsal-begun' });
  }

  /** Fails with `usage.invalid` when a plan can't be made, before anybody is asked where to. */
  check(plan: RehearsalPlan): void {
    checkPlan(plan);
  }

  /**
   * Makes the files of a plan in a new folder, and adds them to the session.
   * Fails with what `makeRehearsal` and adding files fail with.
   */
  async make(folder: string, plan: RehearsalPlan): Promise<void> {
    const { stage } = this.#ports.state();
    if (stage.kind !== 'rehearsal' || stage.making) return;
    this.#ports.apply({ kind: 'rehearsal-making' });
    await this.#ports.during(
      () => makeRehearsal(folder, plan, { randomBytes: this.#ports.randomBytes }),
      (rehearsal) => {
        this.#ports.apply({ kind: 'rehearsal-made', rehearsal });
      },
    );
    if (this.#ports.state().rehearsal?.folder === folder) await this.#ports.addPaths([folder]);
  }
}
