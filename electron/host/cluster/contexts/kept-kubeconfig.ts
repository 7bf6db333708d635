import type { ResolvedContext } from '../../connections/kubernetes/index.ts';

/** Characters of what is kept of one context. */
export const mostKept = 128 * 1024;

/**
 * One context as a kubeconfig of its own, to be kept as a secret: nothing but what it takes, and what
 * it named as files stands in it. A file with a token stays a file, since it is renewed there.
 */
export function keptKubeconfig({ name, namespace, cluster, user }: ResolvedContext): string {
  const base64 = (pem: Buffer | null) => pem?.toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [
      {
        name,
        context: {
          cluster: cluster.name,
          user: user.name || 'nobody',
          namespace: namespace ?? undefined,
        },
      },
    ],
    clusters: [
      {
        name: cluster.name,
        cluster: {
          server: cluster.server,
          'certificate-authority-data': base64(cluster.ca),
          'insecure-skip-tls-verify': cluster.skipTlsVerify || undefined,
          'tls-server-name': cluster.tlsServerName ?? undefined,
          'proxy-url': cluster.proxyUrl ?? undefined,
        },
      },
    ],
    users: [
      {
        name: user.name || 'nobody',
        user: {
          'client-certificate-data': base64(user.cert),
          'client-key-data': base64(user.key),
          token: user.token ?? undefined,
          tokenFile: user.tokenFile ?? undefined,
          username: user.password?.user,
          password: user.password?.password,
          as: user.impersonate?.user,
          'as-uid': user.impersonate?.uid ?? undefined,
          'as-groups': user.impersonate?.groups,
          'as-user-extra': user.impersonate?.extra,
          exec: user.exec ?? undefined,
          'auth-provider': user.authProvider ?? undefined,
        },
      },
    ],
  });
}
