/** What Electron's preload exposes to this window. Absent in the browser shell. */
export interface DesktopBridge {
  readonly shell: 'desktop';
}

declare global {
  interface Window {
    readonly rackhelm?: DesktopBridge;
  }
}

export type ShellKind = 'desktop' | 'browser';

export function detectShell(view: Pick<Window, 'rackhelm'>): ShellKind {
  return view.rackhelm?.shell === 'desktop' ? 'desktop' : 'browser';
}
