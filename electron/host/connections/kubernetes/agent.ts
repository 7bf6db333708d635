import http from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import tls from 'node:tls';

/** A stream to the API that is not a connection of this computer, as through a machine beside it. */
export type Dial = (host: string, port: number, signal: AbortSignal) => Promise<Duplex>;

/** What a connection to the API needs beside its address. */
export interface TlsIdentity {
  readonly ca: Buffer | null;
  readonly cert: Buffer | null;
  readonly key: Buffer | null;
  readonly serverName: string | null;
  readonly skipVerify: boolean;
}

const freeSockets = 4;
const aliveMs = 15_000;

export interface AgentOptions {
  readonly identity: TlsIdentity;
  readonly dial?: Dial | undefined;
  /** Ends what is being dialled. */
  readonly signal: AbortSignal;
}

/** Keeps connections; a watch holds one of its own for as long as it runs. */
export function createAgent(secure: boolean, options: AgentOptions): http.Agent {
  const keeping = { keepAlive: true, maxFreeSockets: freeSockets, scheduling: 'lifo' } as const;
  const { identity, dial } = options;
  if (!secure)
    return dial ? new DialledPlainAgent(keeping, { ...options, dial }) : new http.Agent(keeping);
  const settings = { ...keeping, ...tlsOptions(identity) };
  return dial ? new DialledAgent(settings, { ...options, dial }) : new AliveAgent(settings);
}

export function tlsOptions(identity: TlsIdentity): tls.ConnectionOptions {
  const { ca, cert, key, serverName, skipVerify } = identity;
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(serverName !== null && { servername: serverName }),
    rejectUnauthorized: !skipVerify,
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
  };
}

/** Notices a machine that is gone. */
class AliveAgent extends https.Agent {
  override createConnection(
    ...args: Parameters<https.Agent['createConnection']>
  ): Duplex | null | undefined {
    const made = super.createConnection(...args);
    if (made instanceof tls.TLSSocket) made.setKeepAlive(true, aliveMs);
    return made;
  }
}

type Connected = (error: Error | null, stream: Duplex) => void;
type Dialling = AgentOptions & { readonly dial: Dial };

function dialled(
  { dial, signal }: Dialling,
  options: http.ClientRequestArgs,
  { wrap, done }: { wrap: (socket: Duplex) => Duplex; done: Connected | undefined },
): undefined {
  const host = options.host ?? 'localhost';
  dial(host, Number(options.port), signal)
    .then((socket) => done?.(null, wrap(socket)))
    // The second is of no meaning then.
    .catch((error: Error) => (done as ((error: Error) => void) | undefined)?.(error));
}

class DialledAgent extends https.Agent {
  readonly #dialling: Dialling;

  constructor(settings: https.AgentOptions, dialling: Dialling) {
    super(settings);
    this.#dialling = dialling;
  }

  override createConnection(options: https.RequestOptions, done?: Connected): undefined {
    const { identity } = this.#dialling;
    const host = options.host ?? '';
    const wrap = (socket: Duplex) =>
      tls.connect({
        ...tlsOptions(identity),
        socket,
        host,
        servername: identity.serverName ?? (isIP(host) === 0 ? host : ''),
      });
    return dialled(this.#dialling, options, { wrap, done });
  }
}

class DialledPlainAgent extends http.Agent {
  readonly #dialling: Dialling;

  constructor(settings: http.AgentOptions, dialling: Dialling) {
    super(settings);
    this.#dialling = dialling;
  }

  override createConnection(options: http.ClientRequestArgs, done?: Connected): undefined {
    return dialled(this.#dialling, options, { wrap: (socket) => socket, done });
  }
}
