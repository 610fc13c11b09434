import { EventEmitter } from 'node:events';

import { unsupported } from './sealed.ts';

/** An emitter that takes listeners for the events it lists, and refuses any other. */
export class ListedEvents extends EventEmitter {
  /**
   * @param name how the emitter is called in a complaint
   * @param events all that may be listened to
   */
  constructor(name: string, events: readonly string[]) {
    super();
    this.setMaxListeners(0);
    const listed: ReadonlySet<unknown> = new Set(events);
    this.on('newListener', (event: unknown) => {
      if (!listed.has(event)) unsupported(`${name}.on('${String(event)}')`);
    });
  }
}

/** What an event's first argument has in common: it can be prevented. */
export interface Preventable {
  defaultPrevented: boolean;
  preventDefault: () => void;
}

/** An event's first argument, with more in it. */
export function preventable<T extends object>(more: T): Preventable & T {
  const event = {
    ...more,
    defaultPrevented: false,
    preventDefault: (): void => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
