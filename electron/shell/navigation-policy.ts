import type {
  HandlerDetails,
  Session,
  WebContentsWillFrameNavigateEventParams,
  WindowOpenHandlerResponse,
} from 'electron';
import { appOrigin, appUrl } from './app-origin.ts';

/**
 * The address to give to the person's browser or ssh program, or null. Only the web, and ssh to a
 * plain name: anything else could start a program (custom schemes), read a file, or pose as another
 * site (credentials in the address). A rack's own pages often have no certificate, hence http.
 */
export function externalAddress(url: string): string | null {
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  const { protocol, username, password } = parsed;
  if (protocol === 'ssh:') return plainSsh.test(url) ? url : null;
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return username === '' && password === '' ? parsed.href : null;
}

/** Nothing that an ssh program could take for an option, a password or a path. */
const plainSsh = /^ssh:\/\/(?:[a-z0-9][\w.-]*@)?(?:[a-z0-9][\w.-]*|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

/** Our own single page, with or without a place in it; reloading it is the one navigation allowed. */
function isOwnPage(url: string): boolean {
  return url === appUrl || url.startsWith(`${appUrl}#`);
}

type Preventable = { preventDefault(): void };
type Navigation = Preventable &
  Pick<WebContentsWillFrameNavigateEventParams, 'url' | 'isMainFrame'>;

/** What the policy needs of Electron's WebContents. */
export interface RestrictedContents {
  on(event: 'will-navigate', listener: (details: Navigation) => void): unknown;
  on(event: 'will-frame-navigate', listener: (details: Navigation) => void): unknown;
  on(event: 'will-redirect', listener: (details: Navigation) => void): unknown;
  on(event: 'will-attach-webview', listener: (event: Preventable) => void): unknown;
  setWindowOpenHandler(
    handler: (details: Pick<HandlerDetails, 'url'>) => WindowOpenHandlerResponse,
  ): void;
}

/** Keeps a page where it is. Links that lead out open in the person's browser instead. */
export function restrictNavigation(
  contents: RestrictedContents,
  openInBrowser: (address: string) => void,
): void {
  const openOutside = (url: string) => {
    const address = externalAddress(url);
    if (address !== null) openInBrowser(address);
  };
  const stay = (details: Navigation) => {
    if (!details.isMainFrame || !isOwnPage(details.url)) details.preventDefault();
  };
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-navigate', (details) => {
    if (isOwnPage(details.url)) return;
    details.preventDefault();
    openOutside(details.url);
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    openOutside(url);
    return { action: 'deny' };
  });
}

/** Copying an address is all that the page needs of the machine. */
const allowedPermission = 'clipboard-sanitized-write';

function isOwnOrigin(url: string): boolean {
  return url === appOrigin || url.startsWith(appUrl);
}

export function denyPermissions(
  session: Pick<
    Session,
    | 'setPermissionRequestHandler'
    | 'setPermissionCheckHandler'
    | 'setDevicePermissionHandler'
    | 'setDisplayMediaRequestHandler'
  >,
): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    callback(permission === allowedPermission && isOwnOrigin(details.requestingUrl));
  });
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => permission === allowedPermission && isOwnOrigin(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
}
