import type { CdpSession } from './cdp-connection.ts';
import type { CdpEvents } from './cdp-protocol.ts';
import { record, recordFault, recordTime } from './host-log.ts';
import { invokeHandler, type IpcInvokeEvent } from './ipc-main.ts';
import { nodeCodec } from './node-codec.ts';
import { unsupported } from './sealed.ts';
import { MAX_MESSAGE_LENGTH, type FromPage, type KeyInput, type ToPage } from './wire.ts';

/** The name of the function in the preload's world that asks and waits. */
const SYNC_FUNCTION = '__hostSync';

/** What the channel asks of its page. */
export interface PageOfChannel {
  readonly event: () => IpcInvokeEvent;
  readonly isKeyPrevented: (input: KeyInput) => boolean;
  /** Whether the app has destroyed it meanwhile: what it asked then goes unanswered, as on Electron. */
  readonly isGone: () => boolean;
}

/** Messages between main and one page's preload. */
export class PageChannel {
  private readonly cdp: CdpSession;
  private readonly world: string;
  private readonly page: PageOfChannel;
  private context: number | undefined = undefined;

  /** @param world name of the isolated world that the preload runs in */
  constructor(cdp: CdpSession, world: string, page: PageOfChannel) {
    this.cdp = cdp;
    this.world = world;
    this.page = page;
    cdp.on('Runtime.executionContextsCleared', () => {
      this.context = undefined;
    });
    cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === '__hostTell') void this.receive(JSON.parse(payload) as FromPage, executionContextId);
    });
    cdp.on('Debugger.paused', (paused) => void this.answerPaused(paused));
  }

  /** The commands that open it, already on their way. */
  open(): Promise<unknown>[] {
    return [
      this.cdp.send('Runtime.enable', {}),
      this.cdp.send('Debugger.enable', {}),
      this.cdp.send('Debugger.setPauseOnExceptions', { state: 'none' }),
      this.cdp.send('Runtime.addBinding', { name: '__hostTell', executionContextName: this.world }),
    ];
  }

  /** `webContents.send`; nobody hears it where no preload runs. */
  send(channel: string, args: readonly unknown[]): void {
    const encoded = nodeCodec.encode(args);
    if (this.context !== undefined) this.post({ type: 'event', channel, args: encoded }, this.context);
  }

  private post(message: ToPage, context: number): void {
    const text = JSON.stringify(message);
    if (text.length > MAX_MESSAGE_LENGTH) unsupported('an IPC message of more than 16 MiB');
    void this.cdp.tell('Runtime.callFunctionOn', {
      functionDeclaration: 'function (text) { globalThis.__hostReceive(text); }',
      executionContextId: context,
      arguments: [{ value: text }],
    });
  }

  private async receive(message: FromPage, context: number): Promise<void> {
    switch (message.type) {
      case 'invoke':
        this.post(await this.invoke(message), context);
        return;
      case 'preload-error':
        recordFault('preload', message.message);
        return;
      case 'unsupported':
        record({ kind: 'unsupported', name: message.name });
        return;
      case 'preload-ran':
        // The main frame's only: frames run no preload.
        this.context = context;
        recordTime('preload');
        return;
    }
  }

  private async invoke({ id, channel, args }: Extract<FromPage, { type: 'invoke' }>): Promise<ToPage> {
    try {
      const result = await invokeHandler(channel, this.page.event(), nodeCodec.decode(args) as unknown[]);
      return { type: 'reply', id, result: nodeCodec.encode(result) };
    } catch (error) {
      return { type: 'refusal', id, message: String(error) };
    }
  }

  /** A page that waits in `__hostSync`: reads what it asks, writes the answer into its frame, lets it go. */
  private async answerPaused({ callFrames: [top] }: CdpEvents['Debugger.paused']): Promise<void> {
    if (top?.functionName === SYNC_FUNCTION) {
      await this.answerSync(top.callFrameId).catch((error: unknown) => {
        if (!this.page.isGone()) recordFault(SYNC_FUNCTION, error);
      });
    }
    await this.cdp.tell('Debugger.resume', {});
  }

  private async answerSync(callFrameId: string): Promise<void> {
    const evaluate = async (expression: string, returnByValue = true) => {
      const answer = await this.cdp.send('Debugger.evaluateOnCallFrame', {
        callFrameId,
        expression,
        returnByValue,
      });
      return answer.result;
    };
    const { value: operation } = await evaluate('question[0]');
    let result: unknown;
    if (operation === 'path-for-file') {
      const { objectId = '' } = await evaluate('question[1]', false);
      result = (await this.cdp.send('DOM.getFileInfo', { objectId })).path;
    } else {
      const { value: input } = await evaluate('question[1]');
      result = this.page.isKeyPrevented(JSON.parse(input as string) as KeyInput);
    }
    await evaluate(`question[2] = ${JSON.stringify(result)}`);
  }
}
