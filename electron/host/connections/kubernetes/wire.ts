import http from 'node:http';
import https from 'node:https';
import { createAgent, type Dial } from './agent.ts';
import type { Credentials, SignedIn } from './credentials.ts';
import { KubeError } from './errors.ts';
import { readCertificate } from './kubeconfig/certificate.ts';
import type { ResolvedContext } from './kubeconfig/resolved.ts';
import { queryText } from './paths.ts';
import { boundedText } from './read-answer.ts';
import { cancelled, fromSocketError } from './socket-errors.ts';
import { fromAnswer } from './status.ts';
import type { RawRequest } from './types.ts';

const headMs = 30_000;
const mostErrorBytes = 256 * 1024;

export interface WireOptions {
  readonly context: ResolvedContext;
  readonly credentials: Credentials;
  /** The agent of a context that goes through a proxy; else there is none. */
  readonly proxied?: ((who: SignedIn) => Promise<http.Agent>) | undefined;
  readonly dial?: Dial | undefined;
  readonly userAgent: string;
}

export interface WireRequest extends Omit<RawRequest, 'maxBytes' | 'timeoutMs'> {
  /** Milliseconds until the answer begins. */
  readonly headMs?: number;
}

/** Where a stream of frames is opened. */
export interface Upgrading {
  readonly url: string;
  readonly agent: http.Agent;
  readonly headers: Readonly<Record<string, string | string[]>>;
}

/** Requests to one API as one user. */
export class Wire {
  readonly where: string;
  readonly #base: URL;
  readonly #options: WireOptions;
  readonly #closing = new AbortController();
  /** How far its clock is ahead of ours, by its last answer. */
  skewMs: number | null = null;
  #agent: { readonly cert: Buffer | null; readonly agent: http.Agent } | null = null;

  constructor(options: WireOptions) {
    this.#options = options;
    this.#base = new URL(options.context.cluster.server);
    this.where = this.#base.host;
  }

  /**
   * The answer, once it begins, where it is a success. Else, and where nothing answers, KubeError.
   * Whoever gets it reads or destroys it.
   */
  async open(request: WireRequest): Promise<http.IncomingMessage> {
    const again = () => this.#once(request);
    try {
      return await again();
    } catch (error) {
      if (!(error instanceof KubeError)) throw error;
      if (error.status === 401 && this.renew()) return await again();
      throw error;
    }
  }

  /** How a WebSocket gets there. */
  async upgrading(
    path: string,
    query: RawRequest['query'],
    signal: AbortSignal,
  ): Promise<Upgrading> {
    const who = await this.#signedIn(signal);
    const agent = await this.#agentFor(who);
    const url = new URL(this.#path(path, query), this.#base);
    url.protocol = this.#isSecure ? 'wss:' : 'ws:';
    return { url: url.href, agent, headers: this.#headers(who) };
  }

  /** What signed in was not accepted. True: it can be asked for anew. */
  renew(): boolean {
    return this.#options.credentials.refused();
  }

  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  close(): void {
    this.#closing.abort(
      new KubeError('KUBE_CANCELLED', `The connection to ${this.where} was closed.`),
    );
    this.#agent?.agent.destroy();
  }

  async #once(request: WireRequest): Promise<http.IncomingMessage> {
    const { signal } = request;
    if (signal.aborted || this.closed.aborted)
      throw cancelled(signal.aborted ? signal : this.closed);
    const who = await this.#signedIn(signal);
    const agent = await this.#agentFor(who);
    const answer = await this.#sent(request, { who, agent });
    const { statusCode: status = 0, headers } = answer;
    this.skewMs = skewOf(headers.date) ?? this.skewMs;
    if (status >= 200 && status < 300) return answer;
    const body = await boundedText(answer, {
      maxBytes: mostErrorBytes,
      timeoutMs: headMs,
      signal,
      cut: true,
    });
    const error = fromAnswer({
      where: this.where,
      status,
      body,
      retryAfter: headers['retry-after'],
    });
    throw explained(error, who);
  }

  /** A kept connection may have been closed by the other side just now: once more, where that is harmless. */
  async #sent(
    request: WireRequest,
    how: { readonly who: SignedIn; readonly agent: http.Agent },
  ): Promise<http.IncomingMessage> {
    try {
      return await this.#send(request, how);
    } catch (error) {
      const isRead = (request.method ?? 'GET') === 'GET';
      if (!(error instanceof StaleConnection)) throw error;
      if (isRead && !request.signal.aborted) return await this.#send(request, how).catch(unwrapped);
      throw error.told;
    }
  }

  #send(
    request: WireRequest,
    { who, agent }: { readonly who: SignedIn; readonly agent: http.Agent },
  ): Promise<http.IncomingMessage> {
    const { method = 'GET', path, query, body, contentType = 'application/json', accept } = request;
    const content = body === undefined ? null : bodyBytes(body);
    const { promise, resolve, reject } = Promise.withResolvers<http.IncomingMessage>();
    const signal = AbortSignal.any([request.signal, this.closed]);
    const outgoing = (this.#isSecure ? https : http).request({
      host: hostOf(this.#base),
      port: this.#port,
      method,
      path: this.#path(path, query),
      agent,
      headers: {
        ...this.#headers(who),
        accept: accept ?? 'application/json',
        ...(content && { 'content-type': contentType, 'content-length': content.length }),
      },
    });
    const onAbort = () => outgoing.destroy(cancelled(signal));
    const timer = setTimeout(
      () => outgoing.destroy(noAnswer(this.where, request.headMs ?? headMs)),
      request.headMs ?? headMs,
    );
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.on('response', (answer) => {
      clearTimeout(timer);
      answer.once('close', () => signal.removeEventListener('abort', onAbort));
      resolve(answer);
    });
    outgoing.on('error', (error) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      const told = signal.aborted ? cancelled(signal) : fromSocketError(error, this.where);
      const isStale = outgoing.reusedSocket && told.code === 'KUBE_UNREACHABLE';
      reject(isStale ? new StaleConnection(told) : told);
    });
    outgoing.end(content ?? undefined);
    return promise;
  }

  async #signedIn(signal: AbortSignal): Promise<SignedIn> {
    return await this.#options.credentials.get(AbortSignal.any([signal, this.closed]));
  }

  /** A new one where another certificate was given. */
  async #agentFor(who: SignedIn): Promise<http.Agent> {
    if (this.#agent && sameBytes(this.#agent.cert, who.cert)) return this.#agent.agent;
    const { context, proxied, dial } = this.#options;
    const { ca, tlsServerName: serverName, skipTlsVerify: skipVerify } = context.cluster;
    const identity = { ca, cert: who.cert, key: who.key, serverName, skipVerify };
    const agent = proxied
      ? await proxied(who)
      : createAgent(this.#isSecure, { identity, dial, signal: this.closed });
    this.#agent = { cert: who.cert, agent };
    return agent;
  }

  #headers({ headers }: SignedIn): Record<string, string | string[]> {
    const listed = Object.entries(headers).map(([name, value]): [string, string | string[]] => [
      name,
      typeof value === 'string' ? value : [...value],
    ]);
    return { 'user-agent': this.#options.userAgent, ...Object.fromEntries(listed) };
  }

  #path(path: string, query: RawRequest['query']): string {
    const before = this.#base.pathname.replace(/\/+$/, '');
    return `${before}${path}${queryText(query)}`;
  }

  get #isSecure(): boolean {
    return this.#base.protocol === 'https:';
  }

  get #port(): number {
    if (this.#base.port !== '') return Number(this.#base.port);
    return this.#isSecure ? 443 : 80;
  }
}

/** To a certificate that is over, an API server only says that it does not know whose it is. */
function explained(error: KubeError, { cert }: SignedIn): KubeError {
  if (error.status !== 401 || cert === null) return error;
  const { notAfter = Number.POSITIVE_INFINITY } = readCertificate(cert) ?? {};
  if (notAfter > Date.now()) return error;
  const day = new Date(notAfter).toISOString().slice(0, 10);
  const message = `The client certificate of this kubeconfig expired on ${day}.`;
  return new KubeError('KUBE_CERTIFICATE_EXPIRED', message, { status: 401, cause: error });
}

/** The request may not have been seen at all. */
class StaleConnection extends Error {
  readonly told: KubeError;

  constructor(told: KubeError) {
    super(told.message);
    this.told = told;
  }
}

function unwrapped(error: unknown): never {
  throw error instanceof StaleConnection ? error.told : error;
}

/** Its seconds are whole ones. */
function skewOf(date: string | undefined): number | null {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? null : at + 500 - Date.now();
}

function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function bodyBytes(body: unknown): Buffer {
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body), 'utf8');
}

function sameBytes(a: Buffer | null, b: Buffer | null): boolean {
  return a === b || (a !== null && b !== null && a.equals(b));
}

function noAnswer(where: string, ms: number): KubeError {
  const message = `${where} does not answer (waited ${Math.round(ms / 1000)} seconds).`;
  return new KubeError('KUBE_UNREACHABLE', message);
}
