import { recordCall } from './host-log.ts';
import { sealed, unsupported } from './sealed.ts';

/** `dialog`: a spec replaces what it expects to be shown; what nobody expects is a failure. */
export const dialog = sealed('dialog', {
  showOpenDialog: (): Promise<never> => unsupported('dialog.showOpenDialog that no spec answers'),
  showSaveDialog: (): Promise<never> => unsupported('dialog.showSaveDialog that no spec answers'),
  showMessageBox: (): Promise<never> => unsupported('dialog.showMessageBox that no spec answers'),
  showErrorBox: (title: string, content: string): void => {
    recordCall('dialog.showErrorBox', title, content);
  },
});
