import type { FilteredSession } from './request-filter.ts';

/**
 * What the page may do. React and React Aria set styles through the DOM's style objects, which need no
 * `unsafe-inline`; Strings become no script: nothing here makes a Trusted Types policy, and
 * none can be made.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** Sent with every file of the page. */
export const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'X-DNS-Prefetch-Control': 'off',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * An answer's headers with ours in place of any of the same name.
 * @param received as Electron gives them
 */
export function withHeaders(
  received: Readonly<Record<string, string[]>> | undefined,
): Record<string, string[]> {
  const ours = new Set(Object.keys(HEADERS).map((name) => name.toLowerCase()));
  const kept = Object.entries(received ?? {}).filter(([name]) => !ours.has(name.toLowerCase()));
  const added = Object.entries(HEADERS).map(([name, value]): [string, string[]] => [name, [value]]);
  return Object.fromEntries([...kept, ...added]);
}

/** Puts the headers on whatever arrives, should it come past the scheme's own handler. */
export function forceHeaders(session: FilteredSession): void {
  session.webRequest.onHeadersReceived(({ url, responseHeaders }, callback) => {
    callback(url.startsWith('devtools:') ? {} : { responseHeaders: withHeaders(responseHeaders) });
  });
}
