import type { WebFrameMain } from 'electron';
import { appOrigin } from './app-origin.ts';
import type { HostClient, PortPage } from './host-client.ts';
import { portChannel } from './port-channel.ts';

/** What is used of Electron's IpcMainEvent to tell who asks. */
export interface PortRequest {
  readonly sender: PortPage;
  readonly senderFrame: (Pick<WebFrameMain, 'origin'> & { readonly parent: object | null }) | null;
}

export interface PortRequests {
  on(channel: typeof portChannel, listener: (event: PortRequest) => void): unknown;
}

/**
 * True for the main frame of our own window while it shows our own page. A frame within it, another
 * window, or a page that came from elsewhere must never get a line to the host, nor be listened to.
 */
export function comesFromOurPage(request: PortRequest, ownPage: PortPage | null): boolean {
  const { sender, senderFrame } = request;
  if (ownPage === null || sender !== ownPage || senderFrame === null) return false;
  return senderFrame.parent === null && senderFrame.origin === appOrigin;
}

export interface HandoverOptions {
  /** The page of the window that is open now, if one is. */
  readonly ownPage: () => PortPage | null;
  readonly host: Pick<HostClient, 'connect'>;
  readonly log: (line: string) => void;
}

export function handOverPorts(requests: PortRequests, options: HandoverOptions): void {
  requests.on(portChannel, (request) => {
    if (comesFromOurPage(request, options.ownPage())) options.host.connect(request.sender);
    else options.log('Refused a request for a port to the host from a page that is not ours.');
  });
}
