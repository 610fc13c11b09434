import { expect, it, vi } from 'vitest';

import { callsOf } from '../../../electron/shell/calls.ts';
import type { SessionPort } from '../../../electron/shell/session-port.ts';
import type { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import { Dialogs } from '../../../electron/shell/dialogs.ts';

function calls(session: Partial<SessionPort>, chosen: readonly string[] = []) {
  const endByUser = vi.fn();
  const dropped = { take: (token: string) => [`/dropped/${token}`] };
  const dialogs = { choose: () => Promise.resolve(chosen), saveAs: () => Promise.resolve(chosen[0]) };
  const mayLeave = vi.fn(() => Promise.resolve(true));
  const ports = { session: session as SessionPort, dialogs, dropped, mayLeave, endByUser };
  return { endByUser, mayLeave, calls: callsOf(ports) };
}

it('files reach the session as paths that the page never had', async () => {
  const addPaths = vi.fn(() => Promise.resolve());
  const { calls: it } = calls({ addPaths }, ['/chosen']);
  await it['kit.add-by-dialog']({ pick: 'folder' });
  await it['kit.add-dropped']({ token: 't' });
  expect(addPaths.mock.calls).toEqual([[['/chosen']], [['/dropped/t']]]);
});

it('the tools get paths from dialogs alone', async () => {
  const open = vi.fn(() => Promise.resolve());
  const compare = vi.fn(() => Promise.resolve());
  const save = vi.fn(() => Promise.resolve());
  const choose = vi.fn(() => Promise.resolve());
  const add = vi.fn(() => Promise.resolve());
  const registers = { open, compare, save, suggestedName: () => 'register.csv' };
  const recordCheck = { choose, add, suggestedName: () => undefined, save };
  const { calls: it } = calls({ tools: { registers, recordCheck } as never }, ['/chosen']);
  await it['register.open-by-dialog'](null);
  await it['register.compare-by-dialog'](null);
  await it['register.save']({ form: 'json' });
  await it['record-check.choose-by-dialog'](null);
  await it['record-check.add-by-dialog']({ what: 'public-keys' });
  // Where no page can be made, nobody is asked where to.
  await it['record-check.save']({ form: 'pdf' });
  expect(open.mock.calls).toEqual([['/chosen']]);
  expect(compare.mock.calls).toEqual([[['/chosen']]]);
  expect(save.mock.calls).toEqual([['json', '/chosen']]);
  expect(choose.mock.calls).toEqual([['/chosen']]);
  expect(add.mock.calls).toEqual([['public-keys', ['/chosen']]]);
});

it('a dialog that is left changes nothing', async () => {
  const { calls: it } = calls({});
  await it['kit.add-by-dialog']({ pick: 'files' });
  await it['key-file.choose-by-dialog'](null);
  await it['register.open-by-dialog'](null);
  await it['register.compare-by-dialog'](null);
  await it['record-check.choose-by-dialog'](null);
  await it['record-check.add-by-dialog']({ what: 'signatures' });
});

it('leaving a register is asked about first; ending the session is not', async () => {
  const back = vi.fn();
  const open = vi.fn(() => Promise.resolve());
  const { calls: it, mayLeave, endByUser } = calls({ back, tools: { registers: { open } } as never }, ['/r']);
  mayLeave.mockResolvedValue(false);
  await it['session.back'](null);
  await it['register.open-by-dialog'](null);
  expect([back.mock.calls, open.mock.calls, mayLeave.mock.calls.length]).toEqual([[], [], 2]);
  await it['session.end'](null);
  expect(mayLeave).toHaveBeenCalledTimes(2);
  expect(endByUser).toHaveBeenCalledTimes(1);
  mayLeave.mockResolvedValue(true);
  await it['session.back'](null);
  await it['register.open-by-dialog'](null);
  expect([back.mock.calls.length, open.mock.calls]).toEqual([1, [['/r']]]);
});

it('a password is copied, and wiped on both sides', async () => {
  const received = new TextEncoder().encode('correct horse');
  let seen = '';
  let kept: SecretBytes | null = null;
  const open = (password: SecretBytes | null): Promise<void> => {
    kept = password;
    seen = password?.use((bytes) => new TextDecoder().decode(bytes)) ?? '';
    return Promise.reject(new Error('x'));
  };
  const { calls: it } = calls({ keyFile: { open } as never });
  await expect(it['key-file.open']({ password: received })).rejects.toThrow('x');
  expect(seen).toBe('correct horse');
  expect([...received]).toEqual(Array.from({ length: 13 }, () => 0));
  expect(() => kept?.use(() => 0)).toThrow('wiped');
});

it('one dialog is open at a time', async () => {
  let answer: (paths: string[]) => void = () => undefined;
  const dialogs = new Dialogs({
    open: () =>
      new Promise(
        (resolve) =>
          (answer = (filePaths) => {
            resolve({ canceled: false, filePaths });
          }),
      ),
    save: () => Promise.resolve({ canceled: true, filePath: '' }),
    box: () => Promise.resolve({ response: 1, checkboxChecked: false }),
  });
  const first = dialogs.choose('files');
  expect(await dialogs.choose('folder')).toEqual([]);
  expect(await dialogs.saveAs('x', 'y')).toBeUndefined();
  answer(['/a']);
  expect(await first).toEqual(['/a']);
});
