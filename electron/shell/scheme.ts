/** The scheme that the page comes from; no other is let through. */
export const SCHEME = 'app';

/** The hosts within the scheme, each an origin of its own: the page, the window that shows a secret, what is printed. */
export type PageHost = 'bundle' | 'reveal' | 'print';

/** Where a page is. */
export function pageUrl(host: PageHost): string {
  return `${SCHEME}://${host}/index.html`;
}

/** Where the app's own page is. */
export const PAGE_URL = pageUrl('bundle');

/** What is used of Electron's `protocol` before the app is ready. */
export interface SchemeRegistry {
  registerSchemesAsPrivileged(
    schemes: {
      scheme: string;
      privileges: { standard: boolean; secure: boolean; supportFetchAPI: boolean; corsEnabled: boolean };
    }[],
  ): void;
}

/** Makes the scheme one with an origin. It gets no privilege to go past the content security policy. */
export function registerScheme(registry: SchemeRegistry): void {
  registry.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: false, corsEnabled: false },
    },
  ]);
}

/** Whether a URL is of one of the app's pages: `app://bundle/...`, without port, user or password. */
export function isOwnUrl(url: string, host: PageHost): boolean {
  return url.startsWith(`${SCHEME}://${host}/`);
}
