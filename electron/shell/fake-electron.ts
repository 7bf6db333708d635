/** Typed stand-ins for the parts of Electron that the shell uses. Only tests import this file. */
import { EventEmitter } from 'node:events';
import type {
  BrowserWindowConstructorOptions,
  Menu,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  MessagePortMain,
  NotificationConstructorOptions,
  Rectangle,
  WindowOpenHandlerResponse,
} from 'electron';
import type { ShellApp, ShellElectron } from './boot.ts';
import { FakeKeyStorage } from './fake-key-storage.ts';
import type { HostChild } from './host-client.ts';
import type { RestrictedContents } from './navigation-policy.ts';
import type { ShellNotification } from './notices.ts';
import type { ShellPage, ShellWindow } from './window.ts';

/** A port that only has an identity: tests ask who got which one. */
export function fakePort(name: string): MessagePortMain {
  return { name } as unknown as MessagePortMain; // never called, only passed on
}

export class FakeHostChild extends EventEmitter implements HostChild {
  readonly received: { message: unknown; ports: MessagePortMain[] }[] = [];
  killed = false;

  postMessage(message: unknown, ports: MessagePortMain[] = []): void {
    this.received.push({ message, ports });
  }

  kill(): boolean {
    this.killed = true;
    return true;
  }

  tell(message: unknown): void {
    this.emit('message', message);
  }

  end(code: number): void {
    this.emit('exit', code);
  }

  get types(): unknown[] {
    return this.received.map(({ message }) => (message as { type: unknown }).type); // every message of the shell has one
  }
}

export class FakePage extends EventEmitter implements ShellPage, RestrictedContents {
  reloads = 0;
  readonly received: { channel: string; message: unknown; ports: MessagePortMain[] }[] = [];
  openHandler: ((details: { url: string }) => WindowOpenHandlerResponse) | null = null;
  destroyed = false;

  postMessage(channel: string, message: unknown, ports: MessagePortMain[] = []): void {
    this.received.push({ channel, message, ports });
  }

  reload(): void {
    this.reloads += 1;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => WindowOpenHandlerResponse): void {
    this.openHandler = handler;
  }
}

export class FakeNotification extends EventEmitter implements ShellNotification {
  static supported = true;
  static isSupported(): boolean {
    return FakeNotification.supported;
  }

  readonly options: NotificationConstructorOptions;
  shown = false;

  constructor(options: NotificationConstructorOptions) {
    super();
    this.options = options;
  }

  show(): void {
    this.shown = true;
  }
}

export class FakeWindow extends EventEmitter implements ShellWindow {
  readonly webContents = new FakePage();
  readonly options: BrowserWindowConstructorOptions;
  readonly calls: string[] = [];
  bounds: Rectangle = { x: 0, y: 0, width: 1000, height: 700 };
  maximized = false;
  minimized = false;
  loading: Promise<void> = Promise.resolve();

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    this.options = options;
  }

  loadURL(url: string): Promise<void> {
    this.calls.push(`load ${url}`);
    return this.loading;
  }

  show(): void {
    this.calls.push('show');
  }

  focus(): void {
    this.calls.push('focus');
  }

  restore(): void {
    this.calls.push('restore');
  }

  maximize(): void {
    this.calls.push('maximize');
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  getNormalBounds(): Rectangle {
    return this.bounds;
  }
}

class FakeApp extends EventEmitter implements ShellApp {
  readonly isPackaged = true;
  readonly #events: string[];
  readonly #firstInstance: boolean;
  becomeReady: () => void = () => {};

  constructor(events: string[], firstInstance: boolean) {
    super();
    this.#events = events;
    this.#firstInstance = firstInstance;
  }

  requestSingleInstanceLock(): boolean {
    this.#events.push('lock');
    return this.#firstInstance;
  }

  enableSandbox(): void {
    this.#events.push('sandbox');
  }

  whenReady(): Promise<void> {
    return new Promise((resolve) => {
      this.becomeReady = resolve;
    });
  }

  quit(): void {
    this.#events.push('quit');
  }

  exit(code?: number): void {
    this.#events.push(`exit ${code}`);
  }
}

export interface FakeElectron extends ShellElectron {
  readonly app: FakeApp;
  readonly ipcMain: EventEmitter;
  /** What happened, in order. */
  readonly events: string[];
  readonly windows: FakeWindow[];
  readonly hosts: FakeHostChild[];
  readonly questions: MessageBoxOptions[];
  readonly opened: string[];
  /** Which button the person presses next. */
  answer: number;
}

export function fakeElectron({ firstInstance = true } = {}): FakeElectron {
  const events: string[] = [];
  const windows: FakeWindow[] = [];
  const hosts: FakeHostChild[] = [];
  const questions: MessageBoxOptions[] = [];
  const opened: string[] = [];
  const workArea = { x: 0, y: 0, width: 1920, height: 1080 };
  // The display's other forty fields are not read.
  const display = { workArea } as ReturnType<ShellElectron['screen']['getPrimaryDisplay']>;
  const electron: FakeElectron = {
    events,
    windows,
    hosts,
    questions,
    opened,
    answer: 0,
    app: new FakeApp(events, firstInstance),
    ipcMain: new EventEmitter(),
    Notification: class extends FakeNotification {
      override show(): void {
        super.show();
        events.push(`notice ${this.options.title}`);
      }
    },
    protocol: {
      registerSchemesAsPrivileged: ([scheme]) =>
        void events.push(`scheme ${scheme?.scheme} ${JSON.stringify(scheme?.privileges)}`),
      handle: (scheme) => void events.push(`serve ${scheme}`),
    },
    session: {
      defaultSession: {
        setPermissionRequestHandler: () => void events.push('permissions'),
        setPermissionCheckHandler: () => {},
        setDevicePermissionHandler: () => {},
        setDisplayMediaRequestHandler: () => {},
      },
    },
    menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as unknown as Menu, // only handed on
      setApplicationMenu: () => void events.push('menu'),
    },
    dialog: {
      showMessageBox: async (options) => {
        questions.push(options);
        return { response: electron.answer };
      },
      showErrorBox: (title) => void events.push(`error box: ${title}`),
    },
    nativeTheme: { shouldUseDarkColors: true },
    screen: { getAllDisplays: () => [display], getPrimaryDisplay: () => display },
    shell: {
      openExternal: async (url) => void opened.push(url),
      openPath: async () => '',
    },
    BrowserWindow: class extends FakeWindow {
      constructor(options: BrowserWindowConstructorOptions) {
        super(options);
        events.push('window');
        windows.push(this);
      }
    },
    keyStorage: new FakeKeyStorage(),
    forkHost: () => {
      events.push('host');
      const child = new FakeHostChild();
      hosts.push(child);
      return child;
    },
    createChannel: () => ({ port1: fakePort('host end'), port2: fakePort('page end') }),
  };
  return electron;
}
