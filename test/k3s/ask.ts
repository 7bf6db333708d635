import https from 'node:https';
import type { Identity } from '../cluster/certificates.ts';
import { InvalidAnswer, wordsOf } from './go-words.ts';

export interface AskOptions {
  /** PEM; left out: whoever answers is believed. */
  readonly authority?: string;
  readonly identity?: Identity;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly body?: string;
  readonly timeoutMs?: number;
}

/** What a server of K3s answers; anything but a success is an error in the words of K3s. */
export function ask(url: string, options: AskOptions = {}): Promise<string> {
  const { authority, identity, headers = {}, method = 'GET', body, timeoutMs = 10_000 } = options;
  return new Promise((resolve, reject) => {
    const failed = (error: Error) => reject(new InvalidAnswer(wordsOf(url, error)));
    const request = https.request(url, {
      method,
      headers,
      timeout: timeoutMs,
      agent: false,
      ...(authority === undefined ? { rejectUnauthorized: false } : { ca: authority }),
      ...(identity === undefined ? {} : { cert: identity.certificate, key: identity.key }),
    });
    request.on('timeout', () => request.destroy(new Error('ETIMEDOUT')));
    request.on('error', failed);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', failed);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const { statusCode = 0, statusMessage } = response;
        if (statusCode >= 200 && statusCode < 300) resolve(text);
        else
          reject(
            new InvalidAnswer(`${url}: ${statusCode} ${statusMessage}`, statusCode, text.trim()),
          );
      });
    });
    request.end(body);
  });
}
