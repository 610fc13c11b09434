import { EventEmitter } from 'node:events';

/** Gives a child of `utilityProcess.fork` its `process.parentPort`. */
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (message: unknown) => process.send?.(message),
});
process.on('message', (data) => parentPort.emit('message', { data, ports: [] }));
Object.assign(process, { parentPort, type: 'utility' });
