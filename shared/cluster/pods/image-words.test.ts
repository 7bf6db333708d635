import { expect, it } from 'vitest';
import { pullText } from './image-words.ts';

const pull = (message: string) => pullText('git.lan/app:1', 'ErrImagePull', message);

it.each([
  [
    'failed to authorize: failed to fetch anonymous token: unexpected status: 401 Unauthorized',
    '401 from the registry: it wants to know who asks',
  ],
  [
    'failed to resolve reference "git.lan/app:1": git.lan/app:1: not found',
    'the registry has no such image or tag',
  ],
  [
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
    'the registry refuses: the image does not exist, or the pull secret may not read it',
  ],
  [
    'dial tcp: lookup git.lan on 10.0.0.1:53: no such host',
    'the node cannot resolve the name of the registry',
  ],
  ['dial tcp 10.0.0.5:443: connect: connection refused', 'nothing answers at the registry'],
  [
    'tls: failed to verify certificate: x509: certificate signed by unknown authority',
    'the node does not know who signed the certificate of the registry',
  ],
  [
    'no match for platform in manifest: not found',
    'it has no build for the processor of this node',
  ],
  [
    '429 Too Many Requests - Server message: toomanyrequests: rate limit',
    '429 from the registry: too many pulls',
  ],
  ['write /var/lib: no space left on device', 'the disk of the node is full'],
])('tells why an image does not come: %s', (message, cause) => {
  expect(pull(message)).toBe(`cannot pull image git.lan/app:1: ${cause}`);
});

it('points at the events where a kubelet tells no cause', () => {
  expect(pullText('a', 'ImagePullBackOff', 'Back-off pulling image "a"')).toBe(
    'cannot pull image a; its events say why',
  );
  expect(pullText('a', 'ErrImageNeverPull', '')).toContain('forbids pulling');
});
