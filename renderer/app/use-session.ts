import { useEffect, useRef, useState } from 'react';

import type { Channel } from '../../shared/contract.ts';
import type { Fault } from '../../shared/recovery-error.ts';
import type { Result } from '../../shared/result.ts';
import type { SessionState, Stage } from '../../shared/session-state.ts';
import { addDropped, ask, onSessionChanged } from '../ipc.ts';
import type { Desk } from './desk.ts';

/** A call that did not answer: main has gone, or refused it as malformed. */
const NO_ANSWER: Result<never> = { ok: false, fault: { code: 'bug.unexpected', details: {} } };

/** Calls that answer when long work is done: meanwhile the session says how it stands, and other calls may be made. */
const LASTING: readonly Channel[] = [
  'rehearsal.make',
  'bucket.start',
  'proof.verify',
  'key.reconstruct',
  'hsm.open',
  'export.rate-password',
  'export.write',
  'register.mark-typed',
  'register.show',
  'register.compare-by-dialog',
  'register.show-findings',
  'register.save',
  'record-check.save',
  'record.save',
  'ceremony.rate-dice',
  'ceremony.make-key',
  'ceremony.rate-password',
  'ceremony.write',
  'ceremony.split',
];

/**
 * The session as main has it, and the calls that change it. Main's messages are the truth: the answer to a call is
 * taken only when no message has come since the call was made, since it may be older than that message.
 */
export function useSession(): Desk | null {
  const [state, setState] = useState<SessionState | null>(null);
  const [busy, setBusy] = useState<Channel | null>(null);
  const [callFault, setCallFault] = useState<{ readonly fault: Fault; readonly on: Stage['kind'] } | null>(
    null,
  );
  const [marked, setMarked] = useState<Desk['marked']>(null);
  const messages = useRef(0);

  useEffect(() => {
    const stop = onSessionChanged((next) => {
      messages.current += 1;
      setState(next);
    });
    const before = messages.current;
    void answered(ask('session.read', null)).then((answer) => {
      if (answer.ok && messages.current === before) setState(answer.value);
    });
    return stop;
  }, []);

  const run = async (
    channel: Channel,
    call: () => Promise<Result<SessionState>>,
  ): Promise<SessionState | null> => {
    const before = messages.current;
    if (!LASTING.includes(channel)) setBusy(channel);
    setCallFault(null);
    const answer = await answered(call());
    if (!LASTING.includes(channel)) setBusy(null);
    if (!answer.ok) {
      if (state !== null) setCallFault({ fault: answer.fault, on: state.stage.kind });
      return null;
    }
    if (messages.current === before) setState(answer.value);
    return answer.value;
  };

  if (state === null) return null;
  return {
    state,
    fault: callFault?.on === state.stage.kind ? callFault.fault : state.fault,
    busy,
    ask: (channel, request) => run(channel, () => ask(channel, request)),
    drop: (files) => run('kit.add-dropped', () => addDropped(files)),
    marked,
    mark: (wallet, editing = false) => {
      setMarked({ wallet, editing });
    },
  };
}

async function answered(call: Promise<Result<SessionState>>): Promise<Result<SessionState>> {
  try {
    return await call;
  } catch {
    return NO_ANSWER;
  }
}
