import { expect, it } from 'vitest';
import type { ContextPreview } from '../../../../shared/cluster/contexts.ts';
import { certificateWords, signInWords, sourceWords, tickedAtFirst } from './context-words.ts';

const preview = (part: Partial<ContextPreview> & { key: string }): ContextPreview => ({
  name: part.key,
  file: null,
  cluster: 'home',
  user: 'admin',
  server: 'https://10.0.20.10:6443',
  namespace: null,
  current: false,
  ways: ['certificate'],
  command: null,
  certificates: [],
  warnings: [],
  problem: null,
  takenAs: [],
  suggestedCluster: 'home',
  ...part,
});

it('ticks the current context, the only one that can be used, or none where that is a choice', () => {
  expect(tickedAtFirst([preview({ key: 'a' }), preview({ key: 'b', current: true })])).toEqual([
    'b',
  ]);
  expect(tickedAtFirst([preview({ key: 'a' }), preview({ key: 'b', problem: 'no user' })])).toEqual(
    ['a'],
  );
  expect(tickedAtFirst([preview({ key: 'a' }), preview({ key: 'b' })])).toEqual([]);
  expect(tickedAtFirst([preview({ key: 'a', current: true, problem: 'no user' })])).toEqual([]);
});

it('says of a certificate only what wants a person', () => {
  const certificate = { of: 'client', subject: 'admin', issuer: 'k3s', notAfter: 0 } as const;
  expect(certificateWords({ ...certificate, standing: 'good' })).toBeNull();
  expect(certificateWords({ ...certificate, standing: 'expired' })).toBe(
    'Its client certificate expired on 1 Jan 1970.',
  );
});

it('says how somebody signs in and where the kubeconfig lies', () => {
  expect(signInWords(['certificate', 'token'])).toBe('a client certificate and a token');
  expect(signInWords([])).toBe('nothing: it does not sign in');
  expect(sourceWords({ kind: 'kept', origin: { kind: 'pasted' }, context: 'a' })).toBe(
    'pasted, kept as a secret',
  );
  const file = { kind: 'files', files: ['/a'], file: '/a', context: 'x' } as const;
  expect(sourceWords({ ...file, files: [...file.files] })).toBe('/a');
});
