import { describe, expect, it } from 'vitest';

import { CleanUp } from '../../../electron/cli/clean-up.ts';

describe('what an interruption undoes', () => {
  it('is undone newest first, and once', () => {
    const done: string[] = [];
    const cleanUp = new CleanUp();
    cleanUp.add(() => done.push('first'));
    cleanUp.add(() => done.push('second'));
    cleanUp.add(() => done.push('kept')).keep();
    cleanUp.add(() => done.push('undone')).undo();
    expect(cleanUp.runAll()).toBe(true);
    expect(cleanUp.runAll()).toBe(true);
    expect(done).toEqual(['undone', 'second', 'first']);
  });

  it('all of it is tried where one thing can’t be undone, which is told', () => {
    const done: string[] = [];
    const cleanUp = new CleanUp();
    cleanUp.add(() => done.push('first'));
    cleanUp.add(() => {
      throw new Error('EACCES');
    });
    cleanUp.add(() => done.push('third'));
    expect(cleanUp.runAll()).toBe(false);
    expect(done).toEqual(['third', 'first']);
  });
});
