/** Chromium knows no `app://`: the stand-in shows it such a scheme as an https origin that exists nowhere else. */
const SUFFIX = '.breakglass-host.internal';
const STANDARD = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([^]*)$/i;
const SHOWN = /^https:\/\/([^/?#]*)\.([a-z][a-z0-9+-]*)-scheme\.breakglass-host\.internal([^]*)$/i;
const CSP_SOURCE = /(^|[\s;])([a-z][a-z0-9+-]*):(?:\/\/([^\s;/]+))?(?=[\s;/]|$)/gi;

const schemes = new Set<string>();

/** Makes `scheme` one whose URLs are translated. */
export function addScheme(scheme: string): void {
  schemes.add(scheme.toLowerCase());
}

/** Whether its URLs are translated. */
export function isAppScheme(scheme: string): boolean {
  return schemes.has(scheme.toLowerCase());
}

/** A URL as Electron has it -> as Chromium has it. */
export function toChromium(url: string): string {
  const [, scheme = '', host = '', rest = ''] = STANDARD.exec(url) ?? [];
  if (!isAppScheme(scheme)) return url;
  return `https://${host === '' ? 'x' : host}.${scheme.toLowerCase()}-scheme${SUFFIX}${rest === '' ? '/' : rest}`;
}

/** A URL as Chromium has it -> as Electron has it. */
export function toElectron(url: string): string {
  if (url.startsWith('blob:')) return `blob:${toElectron(url.slice('blob:'.length))}`;
  const [, host, scheme, rest] = SHOWN.exec(url) ?? [];
  return host === undefined ? url : `${scheme ?? ''}://${host}${rest ?? ''}`;
}

/** The origin of a URL that Chromium has, as Electron has it; `null` for an opaque one. */
export function originOf(url: string): string {
  return URL.canParse(url) ? toElectron(`${new URL(url).origin}/`).replace(/\/$/, '') : 'null';
}

/** A Content-Security-Policy as the app writes it -> as Chromium has to read it. */
export function toChromiumCsp(policy: string): string {
  return policy.replace(
    CSP_SOURCE,
    (all: string, before: string, scheme: string, host: string | undefined) =>
      isAppScheme(scheme) ? `${before}https://${host ?? '*'}.${scheme.toLowerCase()}-scheme${SUFFIX}` : all,
  );
}
