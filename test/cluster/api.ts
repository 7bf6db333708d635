import https from 'node:https';
import { ClusterError } from './cluster-error.ts';
import type { Credentials } from './kubeconfig.ts';

/** An object of Kubernetes, as far as tests look into it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [key: string]: unknown;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a server says is looked into by tests, field by field
  readonly body: any;
}

export interface ApiOptions {
  readonly server: string;
  readonly authority: string;
  readonly credentials: Credentials;
}

export interface RequestOptions {
  readonly body?: unknown;
  /** Default `application/json`. */
  readonly type?: string;
  readonly timeoutMs?: number;
}

/** The API as a test asks it, beside and without the client of the app. */
export class Api {
  readonly #options: ApiOptions;
  readonly #agent: https.Agent;

  constructor(options: ApiOptions) {
    this.#options = options;
    const { credentials, authority } = options;
    const certificate = 'certificate' in credentials ? credentials : null;
    this.#agent = new https.Agent({
      keepAlive: true,
      ca: authority,
      ...(certificate ? { cert: certificate.certificate, key: certificate.key } : {}),
    });
  }

  /** Whatever it answers; throws when it does not. */
  request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    const { body, type = 'application/json', timeoutMs = 20_000 } = options;
    const { server, credentials } = this.#options;
    return new Promise((resolve, reject) => {
      const request = https.request(`${server}${path}`, {
        method,
        agent: this.#agent,
        timeout: timeoutMs,
        headers: {
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': type }),
          ...('token' in credentials ? { authorization: `Bearer ${credentials.token}` } : {}),
        },
      });
      request.on('timeout', () => request.destroy(new Error(`no answer to ${method} ${path}`)));
      request.on('error', reject);
      request.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, body: parsed(text) });
        });
      });
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  /** Like `request`, but anything but a success is an error that carries what was said. */
  async must(method: string, path: string, options: RequestOptions = {}): Promise<Answer['body']> {
    const { status, body } = await this.request(method, path, options);
    if (status >= 200 && status < 300) return body;
    throw new ClusterError(`${method} ${path} was answered ${status}: ${body?.message ?? body}`);
  }

  close(): void {
    this.#agent.destroy();
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // /readyz and logs are plain text
  }
}
