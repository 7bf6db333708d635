import type { MessageChannelMain, UtilityProcess, WebContents } from 'electron';
import {
  type FromHost,
  fromHost,
  type KeyStoreAnswer,
  type KeyStoreRequest,
  type StartFailure,
  type ToHost,
} from './host-messages.ts';
import { portChannel } from './port-channel.ts';
import { mayRestart } from './restart-policy.ts';

/** How long the host may take to close its database before it is killed. */
export const closeTimeoutMs = 5_000;

/** What is used of Electron's UtilityProcess. */
export interface HostChild extends Pick<UtilityProcess, 'postMessage' | 'kill'> {
  on(event: 'message', listener: (message: unknown) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  on(event: 'error', listener: (type: string, location: string) => void): unknown;
}

/** The page that the port goes to. */
export type PortPage = Pick<WebContents, 'postMessage' | 'isDestroyed'>;

export interface HostClientOptions {
  readonly fork: () => HostChild;
  readonly createChannel: () => Pick<MessageChannelMain, 'port1' | 'port2'>;
  /** Both ask the person; the answer true means: start it (again). */
  readonly askAfterFailure: (failure: StartFailure) => Promise<boolean>;
  readonly askAfterCrash: (crash: { exitCode: number; mayRestart: boolean }) => Promise<boolean>;
  readonly askKeyStore: (request: KeyStoreRequest) => Promise<KeyStoreAnswer['outcome']>;
  readonly quit: () => void;
  readonly log: (line: string) => void;
}

/**
 * The main process's end of the host: starts it, hands ports over, restarts it after a crash and
 * closes it with the app. One message channel joins page and host; no request passes through here.
 */
export class HostClient {
  readonly #options: HostClientOptions;
  #child: HostChild | null = null;
  #ready = false;
  #waiting: PortPage | null = null;
  #restartedAt: number[] = [];
  #closing: Promise<void> | null = null;
  #onExit: (() => void) | null = null;

  constructor(options: HostClientOptions) {
    this.#options = options;
  }

  start(): void {
    const child = this.#options.fork();
    this.#child = child;
    this.#ready = false;
    child.on('message', (message) => this.#receive(child, message));
    child.on('exit', (code) => this.#exited(child, code));
    // An 'error' event that nobody hears would end the main process as well.
    child.on('error', (type, location) =>
      this.#options.log(`The host met a ${type} at ${location}.`),
    );
  }

  /**
   * Gives the page one port to the host: now, or as soon as there is a host. When the host ends, so
   * does the port, and the page asks again.
   */
  connect(page: PortPage): void {
    this.#waiting = page;
    this.#handOver();
  }

  /** Asks the host to close, and kills it if it has not done so in time. */
  close(): Promise<void> {
    this.#closing ??= this.#closeChild();
    return this.#closing;
  }

  get running(): boolean {
    return this.#child !== null;
  }

  #closeChild(): Promise<void> {
    const child = this.#child;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#options.log(`The host did not close within ${closeTimeoutMs / 1000} s; killing it.`);
        child.kill();
        this.#child = null;
        resolve();
      }, closeTimeoutMs);
      this.#onExit = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#send(child, { type: 'shutdown' });
    });
  }

  #receive(child: HostChild, message: unknown): void {
    if (child !== this.#child) return;
    const parsed = fromHost.safeParse(message);
    if (!parsed.success) {
      this.#options.log('The host sent a message that the desktop shell does not know.');
      return;
    }
    this.#follow(child, parsed.data);
  }

  #follow(child: HostChild, message: FromHost): void {
    if (message.type === 'ready') {
      this.#ready = true;
      this.#handOver();
      return;
    }
    if (message.type === 'key-store') {
      void this.#askKeyStore(child, message);
      return;
    }
    // Its end is expected from here on, so it is no crash.
    this.#child = null;
    child.kill();
    if (this.#closing === null) this.#startOrQuit(this.#options.askAfterFailure(message));
    else this.#onExit?.();
  }

  async #askKeyStore(child: HostChild, request: KeyStoreRequest): Promise<void> {
    const { id } = request;
    try {
      const outcome = await this.#options.askKeyStore(request);
      // A host that ended meanwhile has nobody who waits.
      if (child === this.#child) this.#send(child, { type: 'key-store', id, outcome });
    } catch (error) {
      this.#options.log(`The key store could not be asked: ${String(error)}`);
    }
  }

  #exited(child: HostChild, exitCode: number): void {
    if (child !== this.#child) return;
    this.#child = null;
    this.#ready = false;
    if (this.#closing !== null) {
      this.#onExit?.();
      return;
    }
    const now = Date.now();
    const allowed = mayRestart(this.#restartedAt, now);
    const answer = this.#options.askAfterCrash({ exitCode, mayRestart: allowed });
    this.#startOrQuit(
      answer.then((yes) => yes && allowed),
      () => this.#restartedAt.push(Date.now()),
    );
  }

  #startOrQuit(answer: Promise<boolean>, beforeStart: () => void = () => {}): void {
    answer.then(
      (start) => {
        if (this.#closing !== null) return;
        if (!start) {
          this.#options.quit();
          return;
        }
        beforeStart();
        this.start();
      },
      (error: unknown) => {
        this.#options.log(`The question about the host could not be shown: ${String(error)}`);
        this.#options.quit();
      },
    );
  }

  #handOver(): void {
    const { createChannel } = this.#options;
    if (this.#child === null || !this.#ready || this.#closing !== null) return;
    const page = this.#waiting;
    this.#waiting = null;
    if (page === null || page.isDestroyed()) return;
    const { port1, port2 } = createChannel();
    this.#send(this.#child, { type: 'port' }, [port1]);
    page.postMessage(portChannel, null, [port2]);
  }

  #send(child: HostChild, message: ToHost, ports: MessageChannelMain['port1'][] = []): void {
    child.postMessage(message, ports);
  }
}
