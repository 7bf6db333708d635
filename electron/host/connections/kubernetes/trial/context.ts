import type { ResolvedCluster, ResolvedContext, ResolvedUser } from '../kubeconfig/resolved.ts';
import { pem } from './pki.ts';

/** A context for tests: of the made-up authority, with a token, unless said otherwise. */
export function trialContext(
  server: string,
  {
    cluster = {},
    user = {},
  }: { cluster?: Partial<ResolvedCluster>; user?: Partial<ResolvedUser> } = {},
): ResolvedContext {
  return {
    name: 'trial',
    namespace: null,
    cluster: {
      name: 'trial',
      server,
      ca: pem('ca'),
      tlsServerName: null,
      proxyUrl: null,
      skipTlsVerify: false,
      ...cluster,
    },
    user: {
      name: 'ada',
      cert: null,
      key: null,
      token: 'good',
      tokenFile: null,
      password: null,
      exec: null,
      authProvider: null,
      impersonate: null,
      ...user,
    },
  };
}

/** Nothing of it is wanted. */
export const noWays = {
  runPlugin: () => Promise.reject(new Error('No plugin was expected.')),
  provide: () => Promise.reject(new Error('No provider was expected.')),
  readToken: () => Promise.reject(new Error('No token file was expected.')),
};
