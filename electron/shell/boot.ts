import type {
  App,
  Dialog,
  Menu,
  MenuItemConstructorOptions,
  MessageChannelMain,
  NativeTheme,
  Protocol,
  Screen,
  Shell,
} from 'electron';
import type { ShellActionId } from '../../shared/shell-actions.ts';
import { appSchemePrivileges, handleAppProtocol } from './app-protocol.ts';
import {
  askAfterCrash,
  askAfterFailure,
  askAfterPageCrash,
  type MessageBoxes,
} from './crash-dialogs.ts';
import { type HostChild, HostClient } from './host-client.ts';
import { answerKeyStore, type KeyStorage } from './key-storage.ts';
import { menuTemplate } from './menu.ts';
import {
  denyPermissions,
  type RestrictedContents,
  restrictNavigation,
} from './navigation-policy.ts';
import { type NoticeRequests, type NotificationClass, showNotices } from './notices.ts';
import { handOverPorts, type PortRequests } from './port-handover.ts';
import {
  focusWindow,
  openWindow,
  runInPage,
  type ShellWindow,
  type WindowConstructor,
} from './window.ts';
import { WindowStateFile } from './window-state.ts';

type Preventable = { preventDefault(): void };

/** What is used of Electron's app. */
export interface ShellApp
  extends Pick<
    App,
    'requestSingleInstanceLock' | 'enableSandbox' | 'whenReady' | 'quit' | 'exit' | 'isPackaged'
  > {
  on(event: 'second-instance', listener: () => void): unknown;
  on(event: 'activate', listener: () => void): unknown;
  on(event: 'window-all-closed', listener: () => void): unknown;
  on(event: 'will-quit', listener: (event: Preventable) => void): unknown;
  on(
    event: 'web-contents-created',
    listener: (event: unknown, contents: RestrictedContents) => void,
  ): unknown;
}

/** The parts of Electron that the shell stands on; `electron/main.ts` passes the real ones. */
export interface ShellElectron {
  readonly app: ShellApp;
  readonly protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'>;
  readonly session: { readonly defaultSession: Parameters<typeof denyPermissions>[0] };
  readonly menu: {
    buildFromTemplate(template: MenuItemConstructorOptions[]): Menu;
    setApplicationMenu(menu: Menu): void;
  };
  readonly dialog: MessageBoxes & Pick<Dialog, 'showErrorBox'>;
  readonly ipcMain: PortRequests & NoticeRequests;
  readonly Notification: NotificationClass;
  readonly nativeTheme: Pick<NativeTheme, 'shouldUseDarkColors'>;
  readonly screen: Pick<Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;
  readonly shell: Pick<Shell, 'openExternal' | 'openPath'>;
  readonly BrowserWindow: WindowConstructor;
  readonly keyStorage: KeyStorage;
  readonly forkHost: () => HostChild;
  readonly createChannel: () => Pick<MessageChannelMain, 'port1' | 'port2'>;
}

interface ShellPlaces {
  /** The built page: index.html and its assets. */
  readonly renderer: string;
  readonly preload: string;
  readonly dataDirectory: string;
  /** Electron's own profile; the window's last place is kept here too. */
  readonly profile: string;
}

export interface ShellOptions {
  readonly electron: ShellElectron;
  readonly places: ShellPlaces;
  readonly platform: NodeJS.Platform;
  readonly log: (line: string) => void;
}

/** The desktop shell's order of events, from the first line to the last. */
export function bootDesktop(options: ShellOptions): void {
  const { app, protocol } = options.electron;
  if (!app.requestSingleInstanceLock()) {
    app.quit(); // the first instance hears of it and comes to the front
    return;
  }
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
  app.on('web-contents-created', (_event, contents) =>
    restrictNavigation(contents, (address) => openOutside(options, address)),
  );
  app.whenReady().then(
    () => startWhenReady(options),
    (error: unknown) => failToStart(options, error),
  );
}

function startWhenReady(options: ShellOptions): void {
  try {
    openShell(options);
  } catch (error) {
    failToStart(options, error);
  }
}

function openShell(options: ShellOptions): void {
  const { electron, places, platform, log } = options;
  const { app } = electron;
  handleAppProtocol(electron.protocol, places.renderer);
  denyPermissions(electron.session.defaultSession);
  let window: ShellWindow | null = null;
  installMenu(options, (id) => {
    if (window !== null) runInPage(window.webContents, id);
  });
  const stateFile = new WindowStateFile(places.profile, log);
  const showWindow = () => {
    if (window !== null) {
      focusWindow(window);
      return;
    }
    window = openWindow({
      create: electron.BrowserWindow,
      screen: electron.screen,
      nativeTheme: electron.nativeTheme,
      stateFile,
      preload: places.preload,
      packaged: app.isPackaged,
      askAfterPageCrash: (reason) => askAfterPageCrash(electron.dialog, reason),
      log,
    });
    window.on('closed', () => {
      window = null;
    });
  };
  const host = createHost(options);
  handOverPorts(electron.ipcMain, { ownPage: () => window?.webContents ?? null, host, log });
  showNotices(electron.ipcMain, {
    window: () => window,
    focus: focusWindow,
    Notification: electron.Notification,
    log,
  });
  app.on('second-instance', showWindow);
  app.on('activate', showWindow);
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit(); // on the Mac an app stays until it is quit
  });
  closeHostBeforeQuit(app, host);

  showWindow();
  host.start();
}

function createHost({ electron, platform, log }: ShellOptions): HostClient {
  const { app, dialog, forkHost, createChannel, keyStorage } = electron;
  return new HostClient({
    fork: forkHost,
    createChannel,
    askAfterFailure: (failure) => askAfterFailure(dialog, failure),
    askAfterCrash: (crash) => askAfterCrash(dialog, crash),
    askKeyStore: (request) => answerKeyStore(keyStorage, platform, request),
    quit: () => app.quit(),
    log,
  });
}

/** Holds the end of the app back until the host has closed its database. */
function closeHostBeforeQuit(app: ShellApp, host: HostClient): void {
  app.on('will-quit', (event) => {
    if (!host.running) return;
    event.preventDefault();
    void host.close().then(() => app.quit());
  });
}

function installMenu(options: ShellOptions, runAction: (id: ShellActionId) => void): void {
  const { electron, places, platform, log } = options;
  const { app, menu, shell } = electron;
  const openDataDirectory = () => {
    shell.openPath(places.dataDirectory).then(
      (problem) => {
        if (problem !== '') log(`The data folder could not be opened: ${problem}`);
      },
      (error: unknown) => log(`The data folder could not be opened: ${String(error)}`),
    );
  };
  const template = menuTemplate({
    platform,
    packaged: app.isPackaged,
    openDataDirectory,
    runAction,
  });
  menu.setApplicationMenu(menu.buildFromTemplate(template));
}

function openOutside({ electron }: ShellOptions, address: string): void {
  electron.shell.openExternal(address).catch((error: unknown) => {
    electron.dialog.showErrorBox(
      'The link could not be opened',
      `${address}\n\nCopy the address into a browser. (${String(error)})`,
    );
  });
}

function failToStart({ electron }: ShellOptions, error: unknown): void {
  electron.dialog.showErrorBox('Rackhelm could not start', String(error));
  electron.app.exit(1);
}
