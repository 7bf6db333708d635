import type {
  BrowserWindow,
  BrowserWindowConstructorOptions,
  NativeTheme,
  Rectangle,
  RenderProcessGoneDetails,
  Screen,
  WebContents,
} from 'electron';
import type { ShellActionId } from '../../shared/shell-actions.ts';
import { appUrl } from './app-origin.ts';
import type { PortPage } from './host-client.ts';
import { actionChannel } from './port-channel.ts';
import { minimumSize, visibleBounds } from './window-bounds.ts';
import type { WindowStateFile } from './window-state.ts';

/** What is used of the window's page. */
export interface ShellPage extends PortPage, Pick<WebContents, 'reload'> {
  on(
    event: 'render-process-gone',
    listener: (event: unknown, details: Pick<RenderProcessGoneDetails, 'reason'>) => void,
  ): unknown;
}

/** What is used of Electron's BrowserWindow. */
export interface ShellWindow
  extends Pick<
    BrowserWindow,
    'show' | 'focus' | 'isMinimized' | 'restore' | 'maximize' | 'isMaximized' | 'loadURL'
  > {
  readonly webContents: ShellPage;
  getNormalBounds(): Rectangle;
  once(event: 'ready-to-show', listener: () => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  on(event: 'closed', listener: () => void): unknown;
  on(event: 'app-command', listener: (event: unknown, command: string) => void): unknown;
}

export type WindowConstructor = new (options: BrowserWindowConstructorOptions) => ShellWindow;

/** Shown until the page paints: the page's own background, so that opening does not flash. */
const background = { dark: '#16181d', light: '#ffffff' };

export interface WindowOptions {
  readonly create: WindowConstructor;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>;
  readonly stateFile: Pick<WindowStateFile, 'read' | 'write'>;
  readonly preload: string;
  readonly packaged: boolean;
  /** Asks the person after the page's process ended by itself; true means: load it again. */
  readonly askAfterPageCrash: (reason: string) => Promise<boolean>;
  readonly log: (line: string) => void;
}

function constructorOptions(
  options: WindowOptions,
  remembered: Rectangle | null,
): BrowserWindowConstructorOptions {
  const { screen, nativeTheme, preload, packaged } = options;
  return {
    ...visibleBounds(remembered, screen.getAllDisplays(), screen.getPrimaryDisplay()),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: 'Rackhelm',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      devTools: !packaged,
      // Its dictionaries would be fetched from a foreign server at first use.
      spellcheck: false,
    },
  };
}

/** Keys of a mouse or a keyboard that mean a place, on Windows and Linux. */
const commands: Readonly<Record<string, ShellActionId>> = {
  'browser-backward': 'back',
  'browser-forward': 'forward',
};

/** Runs an action of the page in it. */
export function runInPage(page: PortPage, id: ShellActionId): void {
  if (!page.isDestroyed()) page.postMessage(actionChannel, id);
}

/** Opens the main window where it was left, and shows it once there is something to see. */
export function openWindow(options: WindowOptions): ShellWindow {
  const { create: Window, stateFile, log } = options;
  const left = stateFile.read();
  const window = new Window(constructorOptions(options, left.bounds));
  window.once('ready-to-show', () => {
    if (left.maximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    stateFile.write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() });
  });
  window.on('app-command', (_event, command) => {
    const id = commands[command];
    if (id !== undefined) runInPage(window.webContents, id);
  });
  reloadAfterCrash(window.webContents, options);
  window.loadURL(appUrl).catch((error: unknown) => {
    log(`The page could not be loaded: ${String(error)}`);
    window.show(); // an empty window that can be closed is better than none
  });
  return window;
}

function reloadAfterCrash(page: ShellPage, { askAfterPageCrash, log }: WindowOptions): void {
  page.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    askAfterPageCrash(reason).then(
      (again) => {
        if (again && !page.isDestroyed()) page.reload();
      },
      (error: unknown) => log(`The question about the page could not be shown: ${String(error)}`),
    );
  });
}

/** Brings the window before the person, as a second start of the app does. */
export function focusWindow(window: ShellWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
