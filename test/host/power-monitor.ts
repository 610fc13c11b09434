import { ListedEvents } from './listed-events.ts';
import { sealed } from './sealed.ts';

/** `powerMonitor`: nothing happens by itself, a spec emits what it wants to happen. */
export const powerMonitor: ListedEvents = sealed(
  'powerMonitor',
  new ListedEvents('powerMonitor', ['suspend', 'lock-screen', 'resume', 'unlock-screen']),
);
