import { unsupported } from './sealed.ts';
import { addScheme, isAppScheme } from './schemes.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;

interface CustomScheme {
  readonly scheme: string;
  readonly privileges?: Readonly<Record<string, boolean>>;
}

let isAppReady = false;

/** Says that schemes can't be registered any more. */
export function endOfSchemeRegistration(): void {
  isAppReady = true;
}

/** `protocol`, that of one session. */
export class Protocol {
  private readonly handlers = new Map<string, SchemeHandler>();

  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (isAppReady) {
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    }
    for (const { scheme, privileges = {} } of schemes) {
      // Shown to Chromium as https, a scheme is standard and secure whether the app says so or not.
      if (privileges['standard'] !== true || privileges['secure'] !== true) {
        unsupported(`a scheme that is not standard and secure (${scheme})`);
      }
      if (privileges['bypassCSP'] === true) unsupported(`bypassCSP (${scheme})`);
      addScheme(scheme);
    }
  }

  handle(scheme: string, handler: SchemeHandler): void {
    if (!isAppScheme(scheme)) unsupported(`protocol.handle('${scheme}') of a scheme that is not registered`);
    if (this.handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    this.handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    this.handlers.delete(scheme);
  }

  /** What answers requests of a scheme. */
  handlerOf(scheme: string): SchemeHandler | undefined {
    return this.handlers.get(scheme);
  }
}
