import type { Duplex, Readable } from 'node:stream';

export type Query = Readonly<Record<string, string | number | boolean | object | undefined>>;

export interface DockerRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Begins with `/`, without the version; its parts are encoded by whoever makes it. */
  readonly path: string;
  /** An object is sent as JSON, as filters are. */
  readonly query?: Query;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

export interface DockerCall extends DockerRequest {
  /** Milliseconds for the whole; default 30,000. */
  readonly timeoutMs?: number;
  /** Bytes of the answer; default 32 MiB. */
  readonly maxBytes?: number;
}

export interface DockerUpload extends DockerRequest {
  readonly content: Readable;
  readonly timeoutMs?: number;
}

/** What an engine says of itself; times and sizes come with other calls. */
export interface EngineAbout {
  readonly product: 'Docker' | 'Podman';
  /** Of the engine: `27.3.1`. */
  readonly version: string;
  /** Spoken with it: `1.41`. */
  readonly apiVersion: string;
  readonly os: string;
  readonly architecture: string;
}

/**
 * The API of one engine. Everything throws DockerError, or the RackhelmError of the way there; answers
 * are bounded, and what they hold is as the engine gave it.
 */
export interface DockerClient {
  /** Asked once; the version that both sides speak is settled by it. */
  about(signal: AbortSignal): Promise<EngineAbout>;
  /** The answer, parsed; null where there is none. */
  call(request: DockerCall): Promise<unknown>;
  /** JSON objects as they come, once the engine begins: events, statistics, the progress of a pull. */
  lines(request: DockerRequest): Promise<AsyncGenerator<unknown, void, void>>;
  /** Bytes as they come: a log, an archive. Whoever does not read them to the end destroys it. */
  stream(request: DockerRequest): Promise<Readable>;
  /** A stream to both sides, as attaching and running commands have them. */
  hijack(request: DockerRequest): Promise<Duplex>;
  upload(request: DockerUpload): Promise<void>;
  /** Ends what is under way and its connections. */
  close(): void;
}
