import { sealed, unsupported } from './sealed.ts';

/** What a handler is told about a request. */
export interface RequestDetails {
  readonly id: number;
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
  readonly referrer: string;
  readonly timestamp: number;
  readonly webContentsId?: number;
  readonly webContents?: object;
  readonly frame?: object;
}

/** The verdict on a request before it is sent. */
export interface BeforeRequestResponse {
  readonly cancel?: boolean;
  readonly redirectURL?: string;
}

/** The verdict on an answer's head. */
export interface HeadersReceivedResponse {
  readonly cancel?: boolean;
  readonly responseHeaders?: Readonly<Record<string, string | string[]>>;
  readonly statusLine?: string;
}

/** What a handler is told about an answer. */
export interface ResponseDetails extends RequestDetails {
  readonly statusCode: number;
  readonly statusLine: string;
  readonly responseHeaders: Readonly<Record<string, string[]>>;
}

type Handler<D, R> = (details: D, callback: (response: R) => void) => void;

/** One kind of handler: at most one is set at a time, for the URLs that its filter names. */
class Slot<D extends RequestDetails, R extends object> {
  private handler: Handler<D, R> | undefined = undefined;
  private patterns: readonly RegExp[] = [];

  set(filterOrHandler: unknown, handler: unknown): void {
    const isFiltered = handler !== undefined;
    this.handler = ((isFiltered ? handler : filterOrHandler) ?? undefined) as Handler<D, R> | undefined;
    this.patterns = isFiltered ? patternsOf(filterOrHandler) : [];
  }

  /** The handler's answer; nothing where no handler is set for this URL. */
  async ask(details: D): Promise<R | undefined> {
    const { handler, patterns } = this;
    if (handler === undefined) return undefined;
    if (patterns.length > 0 && !patterns.some((pattern) => pattern.test(details.url))) return undefined;
    return new Promise((resolve) => {
      handler(sealed('details', details), resolve);
    });
  }
}

/** `session.webRequest`, as far as it goes here. */
export class WebRequest {
  readonly beforeRequest: Slot<RequestDetails, BeforeRequestResponse> = new Slot();
  readonly headersReceived: Slot<ResponseDetails, HeadersReceivedResponse> = new Slot();

  onBeforeRequest(filterOrHandler: unknown, handler?: unknown): void {
    this.beforeRequest.set(filterOrHandler, handler);
  }

  onHeadersReceived(filterOrHandler: unknown, handler?: unknown): void {
    this.headersReceived.set(filterOrHandler, handler);
  }
}

function patternsOf(filter: unknown): readonly RegExp[] {
  const { urls = [], ...rest } = filter as { readonly urls?: readonly string[] };
  for (const key of Object.keys(rest)) unsupported(`webRequest filter ${key}`);
  return urls.map((url) => {
    if (url === '<all_urls>') return /^/;
    const parts = url.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
    return new RegExp(`^${parts.join('.*')}$`);
  });
}
