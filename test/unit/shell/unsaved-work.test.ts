import { describe, expect, it, vi } from 'vitest';

import { Dialogs } from '../../../electron/shell/dialogs.ts';
import { UnsavedWork } from '../../../electron/shell/unsaved-work.ts';
import type { SessionState } from '../../../shared/session-state.ts';
import { OPEN_REGISTER } from '../session/samples.ts';
import { at, event, LOADED } from './fakes.ts';

const UNSAVED = at({ kind: 'register', open: { ...OPEN_REGISTER, unsaved: true } });
const SAVED = at({ kind: 'register', open: OPEN_REGISTER });

/** Work in a state, and the question that waits for `answer`. */
function working(state: SessionState) {
  const answers: ((leave: boolean) => void)[] = [];
  const ask = vi.fn(() => new Promise<boolean>((resolve) => answers.push(resolve)));
  const work = new UnsavedWork({ state: () => state, ask });
  const goOn = vi.fn();
  const answer = async (leave: boolean): Promise<void> => {
    answers.shift()?.(leave);
    await new Promise((next) => setImmediate(next));
  };
  const end = (): boolean => {
    const ending = event({});
    expect(work.holdUp(ending, goOn)).toBe(ending.prevented);
    return ending.prevented;
  };
  return { work, ask, goOn, answer, end };
}

describe('an end by the user', () => {
  it.each([
    ['no register', at({ kind: 'prepare' })],
    ['none that is open', at({ kind: 'register', open: null })],
    ['one that is saved', SAVED],
    ['files of a wallet', LOADED],
  ])('goes on at once with %s', async (_, state) => {
    const { work, ask, end } = working(state);
    expect(end()).toBe(false);
    expect(await work.mayLeave()).toBe(true);
    expect(ask).not.toHaveBeenCalled();
  });

  it('waits for the answer, is asked about once, and stays where the answer is to stay', async () => {
    const { ask, goOn, answer, end } = working(UNSAVED);
    expect([end(), end()]).toEqual([true, true]);
    expect(ask).toHaveBeenCalledTimes(1);
    await answer(false);
    expect(goOn).not.toHaveBeenCalled();
    expect(end()).toBe(true);
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('goes on where the answer is to leave, and is not asked about again on its way', async () => {
    const { ask, goOn, answer, end } = working(UNSAVED);
    end();
    await answer(true);
    expect(goOn).toHaveBeenCalledTimes(1);
    // The window has closed; the app quits after it.
    expect(end()).toBe(false);
    expect(ask).toHaveBeenCalledTimes(1);
  });

  it('of the tool alone does not let the window close unasked later', async () => {
    const { work, answer, end } = working(UNSAVED);
    const left = work.mayLeave();
    await answer(true);
    expect(await left).toBe(true);
    expect(end()).toBe(true);
  });
});

describe('the question', () => {
  const dialogsThat = (response: number) => {
    const box = vi.fn(() => Promise.resolve({ response, checkboxChecked: false }));
    const none = () => Promise.resolve({ canceled: true, filePaths: [], filePath: '' });
    return { box, dialogs: new Dialogs({ open: none, save: none, box }) };
  };

  it('has staying as what Enter and Escape mean, and says what is lost', async () => {
    const { box, dialogs } = dialogsThat(0);
    expect(await dialogs.mayLeaveUnsaved()).toBe(false);
    expect(box).toHaveBeenCalledWith(
      expect.objectContaining({
        ...{ buttons: ['Go on working', 'Leave without saving'], defaultId: 0, cancelId: 0 },
        ...{ message: 'Leave the changes unsaved?', noLink: true },
      }),
    );
  });

  it('is answered by the button of its words', async () => {
    expect(await dialogsThat(1).dialogs.mayLeaveUnsaved()).toBe(true);
    expect(await dialogsThat(-1).dialogs.mayLeaveUnsaved()).toBe(false);
  });

  it('is not put beside another dialog: then the user stays', async () => {
    const { box } = dialogsThat(1);
    const open = () => new Promise<never>(() => undefined);
    const dialogs = new Dialogs({ open, save: open, box });
    void dialogs.choose('register');
    expect(await dialogs.mayLeaveUnsaved()).toBe(false);
    expect(box).not.toHaveBeenCalled();
  });
});
