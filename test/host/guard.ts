import { installBoringSslGuard } from './boringssl-guard.ts';

/** Required by every Node process and worker of the app, before anything else. */
installBoringSslGuard();
