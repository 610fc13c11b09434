import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

import { ListedEvents } from './listed-events.ts';
import { sealed } from './sealed.ts';

interface ForkOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly stdio?: 'inherit' | 'ignore' | 'pipe';
}

/** A child of `utilityProcess.fork`: Node, with the same guard on its cryptography. */
class UtilityProcess extends ListedEvents {
  pid: number | undefined = undefined;
  private readonly child: ChildProcess;

  constructor(file: string, args: readonly string[], { env, stdio = 'inherit' }: ForkOptions) {
    super('utilityProcess', ['spawn', 'message', 'exit']);
    this.child = fork(file, args, {
      execArgv: ['guard.cjs', 'utility-boot.cjs'].flatMap((name) => ['--require', join(__dirname, name)]),
      ...(env === undefined ? {} : { env }),
      serialization: 'advanced',
      stdio: ['ignore', stdio, stdio, 'ipc'],
    });
    this.child.on('spawn', () => {
      this.pid = this.child.pid;
      this.emit('spawn');
    });
    this.child.on('message', (message) => this.emit('message', message));
    this.child.on('exit', (code) => {
      this.pid = undefined;
      this.emit('exit', code ?? 1);
    });
  }

  postMessage(message: object): void {
    this.child.send(message);
  }

  kill(): boolean {
    return this.child.kill();
  }
}

/** `utilityProcess`. */
export const utilityProcess = sealed('utilityProcess', {
  fork: (file: string, args: readonly string[] = [], options: ForkOptions = {}): UtilityProcess =>
    sealed('utilityProcess', new UtilityProcess(file, args, options)),
});
