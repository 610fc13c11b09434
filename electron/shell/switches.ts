/** What is used of Electron's `app.commandLine`. */
export interface CommandLine {
  appendSwitch(name: string, value?: string): void;
  hasSwitch(name: string): boolean;
}

/** One switch of Chromium's command line, and why it is there. */
export interface Switch {
  readonly name: string;
  readonly value?: string;
  readonly reason: string;
}

/** Chromium's features that talk to somebody by themselves. */
const FEATURES_OFF = [
  'AsyncDns',
  'AutofillServerCommunication',
  'CertificateTransparencyComponentUpdater',
  'DialMediaRouteProvider',
  'DnsOverHttps',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'Prerender2',
  'Reporting',
  'SpeculativeServiceWorkerWarmUp',
  'Translate',
  'WebOTP',
] as const;

/** Every switch that is set. The dead proxy and the dead resolver also stop what no request handler sees. */
export const SWITCHES: readonly Switch[] = [
  { name: 'disable-background-networking', reason: 'no request of the browser itself' },
  { name: 'disable-breakpad', reason: 'no crash report, which would hold memory' },
  { name: 'disable-client-side-phishing-detection', reason: 'no download of models' },
  { name: 'disable-component-update', reason: 'no download of components' },
  { name: 'disable-crash-reporter', reason: 'no crash report, which would hold memory' },
  { name: 'disable-default-apps', reason: 'nothing installed beside the app' },
  { name: 'disable-domain-reliability', reason: 'no reports to Google' },
  { name: 'disable-extensions', reason: 'nothing but the app in the page' },
  { name: 'disable-features', value: FEATURES_OFF.join(','), reason: 'features that ask the network' },
  { name: 'disable-http-cache', reason: 'nothing of the page on disk' },
  { name: 'disable-notifications', reason: 'nothing said outside the window' },
  { name: 'disable-print-preview', reason: 'the page is not printed' },
  { name: 'disable-quic', reason: 'no UDP' },
  { name: 'disable-speech-api', reason: 'speech is recognised on servers' },
  { name: 'disable-sync', reason: 'nothing leaves for an account' },
  { name: 'dns-prefetch-disable', reason: 'no name is looked up ahead of a request' },
  { name: 'enforce-webrtc-ip-permission-check', reason: 'no local address told to a page' },
  {
    name: 'force-webrtc-ip-handling-policy',
    value: 'disable_non_proxied_udp',
    reason: 'WebRTC goes past request handlers',
  },
  { name: 'host-resolver-rules', value: 'MAP * ~NOTFOUND', reason: 'no name or address is ever found' },
  { name: 'metrics-recording-only', reason: 'no metrics leave' },
  { name: 'no-first-run', reason: 'nothing of a first start' },
  { name: 'no-pings', reason: 'no hyperlink auditing' },
  { name: 'proxy-bypass-list', value: '<-loopback>', reason: 'nothing goes past the dead proxy' },
  { name: 'proxy-server', value: 'http://127.0.0.1:9', reason: 'a dead end for what no handler sees' },
];

/** Switches that open the app to a debugger or undo a lock: refused where the app is packaged. */
export const REFUSED_SWITCHES: readonly string[] = [
  'allow-file-access-from-files',
  'disable-site-isolation-trials',
  'disable-web-security',
  'ignore-certificate-errors',
  'inspect',
  'inspect-brk',
  'inspect-port',
  'inspect-wait',
  'js-flags',
  'load-extension',
  'no-sandbox',
  'remote-allow-origins',
  'remote-debugging-address',
  'remote-debugging-pipe',
  'remote-debugging-port',
  'renderer-cmd-prefix',
  'single-process',
];

/** Sets every switch. To be called before the app is ready. */
export function setSwitches(commandLine: CommandLine): void {
  for (const { name, value } of SWITCHES) {
    if (value === undefined) commandLine.appendSwitch(name);
    else commandLine.appendSwitch(name, value);
    if (!commandLine.hasSwitch(name)) throw new Error(`the switch ${name} was not taken`);
  }
}

/**
 * Stops a packaged app that was started with a switch that undoes a lock.
 * @param packaged whether this is the app as it ships
 */
export function refuseDebugging(commandLine: CommandLine, packaged: boolean): void {
  if (!packaged) return;
  const found = REFUSED_SWITCHES.filter((name) => commandLine.hasSwitch(name));
  if (found.length > 0) throw new Error(`started with --${found.join(', --')}`);
}
