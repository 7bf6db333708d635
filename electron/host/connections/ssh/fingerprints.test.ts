import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { fingerprints, keyType } from './fingerprints.ts';

describe('fingerprints', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-keys-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  for (const kind of ['ed25519', 'ecdsa', 'rsa']) {
    it(`of an ${kind} key are the ones that ssh-keygen prints`, () => {
      const file = path.join(directory, kind);
      execFileSync('ssh-keygen', ['-q', '-t', kind, '-N', '', '-f', file]);
      const [type = '', blob = ''] = readFileSync(`${file}.pub`, 'utf8').split(' ');
      const printed = (hash: string) =>
        execFileSync('ssh-keygen', ['-l', '-E', hash, '-f', `${file}.pub`], { encoding: 'utf8' });
      const { sha256, md5 } = fingerprints(blob);
      expect(printed('sha256').split(' ')[1]).toBe(sha256);
      expect(printed('md5').split(' ')[1]).toBe(md5);
      expect(fingerprints(Buffer.from(blob, 'base64'))).toEqual({ sha256, md5 });
      expect(keyType(Buffer.from(blob, 'base64'))).toBe(type);
    });
  }

  it('keyType does not trip over what is no key', () => {
    expect(keyType(Buffer.from([0, 0]))).toBe('unknown');
    expect(keyType(Buffer.from([255, 255, 255, 255, 1]))).toBe('unknown');
  });
});
