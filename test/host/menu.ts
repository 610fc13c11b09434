import { recordCall } from './host-log.ts';
import { sealed } from './sealed.ts';

interface BuiltMenu {
  readonly items: readonly object[];
}

/** `Menu`: shown nowhere, since Chromium has no headless one. */
export const Menu = sealed('Menu', {
  buildFromTemplate: (template: readonly object[]): BuiltMenu => sealed('menu', { items: [...template] }),
  setApplicationMenu: (menu: BuiltMenu | null): void => {
    recordCall('Menu.setApplicationMenu', menu?.items.length ?? null);
  },
});
