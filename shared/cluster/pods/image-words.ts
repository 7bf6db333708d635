import { said } from '../status.ts';

type Cause = readonly [pattern: RegExp, words: string];

/** What container runtimes say when an image does not come; the first that fits counts. */
const causes: readonly Cause[] = [
  [
    /no match for platform|no matching manifest|does not match the specified platform/i,
    'it has no build for the processor of this node',
  ],
  [/exec format error/i, 'it was built for another processor'],
  [
    /x509: certificate signed by unknown authority/i,
    'the node does not know who signed the certificate of the registry',
  ],
  [
    /x509: certificate has expired|certificate has expired or is not yet valid/i,
    'the certificate of the registry has expired, or the clock of the node is wrong',
  ],
  [/x509:/i, 'the certificate of the registry is not accepted'],
  [/server gave HTTP response to HTTPS client/i, 'the registry speaks HTTP, not HTTPS'],
  [/toomanyrequests|\b429\b|rate limit/i, '429 from the registry: too many pulls'],
  [
    /\b401\b|unauthorized|authentication required|no basic auth credentials/i,
    '401 from the registry: it wants to know who asks',
  ],
  [
    /\b403\b|denied|insufficient_scope|forbidden/i,
    'the registry refuses: the image does not exist, or the pull secret may not read it',
  ],
  [/\b404\b|not found|manifest unknown|name unknown/i, 'the registry has no such image or tag'],
  [
    /no such host|server misbehaving|name resolution/i,
    'the node cannot resolve the name of the registry',
  ],
  [/connection refused/i, 'nothing answers at the registry'],
  [
    /i\/o timeout|deadline exceeded|context canceled|TLS handshake timeout/i,
    'the registry does not answer in time',
  ],
  [/no route to host|network is unreachable/i, 'the node has no way to the registry'],
  [/no space left on device/i, 'the disk of the node is full'],
  [
    /\b5\d\d\b (internal|bad|service|gateway)|unexpected status.* 5\d\d/i,
    'the registry answers with an error of its own',
  ],
];

const reasons: Readonly<Record<string, string>> = {
  InvalidImageName: 'this is no name of an image',
  ErrImageNeverPull: 'it is not on the node, and the pod forbids pulling it',
  ImageInspectError: 'the node cannot read what it has of it',
  RegistryUnavailable: 'the registry does not answer',
  SignatureValidationFailed: 'its signature is not valid',
};

const pulls = new Set(['ErrImagePull', 'ImagePullBackOff', ...Object.keys(reasons)]);

export function isPullProblem(reason: string): boolean {
  return pulls.has(reason);
}

/** `cannot pull image nginx:1.99: the registry has no such image or tag`. */
export function pullText(image: string, reason: string, message: string): string {
  const start = `cannot pull image ${said(image)}`;
  const cause = reasons[reason] ?? causes.find(([pattern]) => pattern.test(message))?.[1];
  if (cause !== undefined) return `${start}: ${cause}`;
  // An older kubelet tells the cause in an event only.
  if (message === '' || /^Back-off pulling image "[^"]*"$/.test(message)) {
    return `${start}; its events say why`;
  }
  return `${start}: ${said(message)}`;
}
