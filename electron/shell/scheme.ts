/** The scheme that the page comes from; no other is let through. */
export const SCHEME = 'app';

/** The host within the scheme. */
export const HOST = 'bundle';

/** Where the page is. */
export const PAGE_URL = `${SCHEME}://${HOST}/index.html`;

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

/** Whether a URL is of this app: `app://bundle/...`, without port, user or password. */
export function isOwnUrl(url: string): boolean {
  return url.startsWith(`${SCHEME}://${HOST}/`);
}
