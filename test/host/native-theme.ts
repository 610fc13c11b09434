import { recordCall } from './host-log.ts';
import { ListedEvents } from './listed-events.ts';
import { sealed } from './sealed.ts';

class NativeTheme extends ListedEvents {
  private source = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get themeSource(): string {
    return this.source;
  }

  set themeSource(source: string) {
    this.source = source;
    recordCall('nativeTheme.themeSource', source);
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'dark';
  }
}

/** `nativeTheme`, whose system is a light one. */
export const nativeTheme: NativeTheme = sealed('nativeTheme', new NativeTheme());
