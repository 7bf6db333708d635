import { stringify } from 'yaml';
import type { Identity } from './certificates.ts';

export type Credentials = Identity | { readonly token: string } | Record<string, never>;

export interface KubeconfigOptions {
  readonly server: string;
  /** PEM of who signed the server's certificate; null leaves it out. */
  readonly authority: string | null;
  readonly credentials: Credentials;
  /** Of the user. Default `admin`. */
  readonly user?: string;
  /** Of the cluster and the context. Default `default`, as K3s has it. */
  readonly name?: string;
  readonly namespace?: string;
  /** Further lines of the cluster, such as `tls-server-name` or `insecure-skip-tls-verify`. */
  readonly cluster?: Readonly<Record<string, unknown>>;
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

function userOf(credentials: Credentials): Readonly<Record<string, string>> {
  if ('token' in credentials && credentials.token) return { token: credentials.token };
  if (!('certificate' in credentials) || !credentials.certificate) return {};
  return {
    'client-certificate-data': base64(credentials.certificate),
    'client-key-data': base64(credentials.key),
  };
}

/** A kubeconfig file with one context, as a person gets one. */
export function kubeconfigText(options: KubeconfigOptions): string {
  const { server, authority, credentials, user = 'admin', name = 'default', namespace } = options;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: {
          ...(authority ? { 'certificate-authority-data': base64(authority) } : {}),
          server,
          ...options.cluster,
        },
      },
    ],
    users: [{ name: user, user: userOf(credentials) }],
    contexts: [{ name, context: { cluster: name, user, ...(namespace ? { namespace } : {}) } }],
    'current-context': name,
  });
}
