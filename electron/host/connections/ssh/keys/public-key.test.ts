import { expect, it } from 'vitest';
import { plainType, readPublicText } from './public-key.ts';
import { wireString } from './wire.ts';

const blob = Buffer.concat([wireString('ssh-ed25519'), wireString(Buffer.alloc(32, 3))]);
const base64 = blob.toString('base64');

it.each([
  ['a line of OpenSSH', `ssh-ed25519 ${base64} ada@desk`],
  ['one without a comment, with line ends of Windows', `ssh-ed25519 ${base64}\r\n`],
  ['one behind options and comments', `# mine\nno-pty,command="x" ssh-ed25519 ${base64} x`],
  [
    'the form of RFC 4716',
    `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "a \\\nb"\n${base64}\n---- END SSH2 PUBLIC KEY ----\n`,
  ],
])('reads %s', (_, text) => {
  expect(readPublicText(text)).toEqual({ type: 'ssh-ed25519', blob });
});

it('reads no key whose name and bytes disagree', () => {
  expect(readPublicText(`ssh-rsa ${base64}`)).toBeNull();
  expect(readPublicText('nothing of the kind')).toBeNull();
});

it.each([
  ['ssh-rsa-cert-v01@openssh.com', 'ssh-rsa'],
  ['sk-ssh-ed25519-cert-v01@openssh.com', 'sk-ssh-ed25519@openssh.com'],
  ['ssh-ed25519', 'ssh-ed25519'],
])('knows that %s is a kind of %s', (type, plain) => {
  expect(plainType(type)).toBe(plain);
});
