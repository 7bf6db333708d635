import type http from 'node:http';
import type https from 'node:https';
import { KubeConfig } from '@kubernetes/client-node';
import type { GivenCredential, SignedIn } from './credentials.ts';
import { KubeError } from './errors.ts';
import type { ResolvedContext, ResolvedUser } from './kubeconfig/resolved.ts';

/**
 * What is left to the library: proxies, and tokens of identity providers. It is given one context with
 * one cluster and one user, so that nothing of one name is taken for another, and no file to read.
 */
function configOf(
  cluster: ResolvedContext['cluster'] | null,
  user: ResolvedUser,
  who: SignedIn | null,
) {
  const text = (pem: Buffer | null | undefined) => pem?.toString('base64');
  const config = new KubeConfig();
  const {
    ca,
    proxyUrl,
    tlsServerName,
    server = 'https://localhost',
    skipTlsVerify = false,
  } = cluster ?? {};
  config.loadFromOptions({
    clusters: [
      {
        name: 'it',
        server,
        skipTLSVerify: skipTlsVerify,
        ...(ca && { caData: text(ca) }),
        ...(tlsServerName && { tlsServerName }),
        ...(proxyUrl && { proxyUrl }),
      },
    ],
    users: [
      {
        name: 'it',
        ...(who?.cert && { certData: text(who.cert) }),
        ...(who?.key && { keyData: text(who.key) }),
        ...(who === null && {
          authProvider: { ...user.authProvider, config: { ...user.authProvider?.config } },
        }),
      },
    ],
    contexts: [{ name: 'it', cluster: 'it', user: 'it' }],
    currentContext: 'it',
  });
  return config;
}

/** An agent that goes through the proxy of the context. */
export async function libraryAgent(
  { cluster, user }: ResolvedContext,
  who: SignedIn,
): Promise<http.Agent> {
  const options: https.RequestOptions = {};
  await configOf(cluster, user, who).applyToHTTPSOptions(options);
  return options.agent as http.Agent; // it always sets one
}

/** The token of an OpenID provider, renewed there where it is over. */
export async function oidcToken(user: ResolvedUser): Promise<GivenCredential> {
  const options: { headers?: Record<string, string> } = { headers: {} };
  try {
    await configOf(null, user, null).applyToHTTPSOptions(options);
  } catch (cause) {
    const message = `The identity provider of ${user.name} did not renew its token.`;
    throw new KubeError('KUBE_UNAUTHORIZED', message, {
      hint: 'Sign in anew with the tool that wrote this kubeconfig.',
      cause,
    });
  }
  const token = options.headers?.Authorization?.replace(/^Bearer /, '') ?? null;
  return { token, cert: null, key: null, expiresAt: expiryOf(token) };
}

/** Of a token in three parts; null where it does not tell. */
function expiryOf(token: string | null): number | null {
  try {
    const claims: unknown = JSON.parse(
      Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString('utf8'),
    );
    const isClaims = typeof claims === 'object' && claims !== null && 'exp' in claims;
    return isClaims && typeof claims.exp === 'number' ? claims.exp * 1000 : null;
  } catch {
    return null;
  }
}
