import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeWith, errorOf, makeKey, never, useTestBed } from './sshd/index.ts';

const passphrase = 'öpen sesame';
const secret = { passphrase: { kind: 'secret', secret: passphrase } } as const;
const keygen = (...args: string[]) => execFileSync('ssh-keygen', ['-q', ...args]);

/** Whether a real sshd that knows the public half lets the key in. */
async function letsIn(
  bed: ReturnType<typeof useTestBed>,
  keyFile: string,
  publicLine: string,
): Promise<string> {
  const sshd = await bed.sshd({ authorized: [publicLine] });
  const client = bed.client();
  const target = bed.target(sshd, { identityFile: keyFile });
  const connection = await client.pool.connect(target, client.options(secret));
  return (await connection.exec('echo in', { signal: never })).stdout.toString().trim();
}

describeWith(['sshd'], 'formats of private keys', () => {
  const bed = useTestBed();
  const file = (name: string) => path.join(bed.directory, name);
  const publicLine = (name: string) => readFileSync(file(`${name}.pub`), 'utf8');

  it.each(['rsa', 'ecdsa'])('takes PKCS#8 of ssh-keygen, plain and encrypted: %s', async (kind) => {
    for (const word of ['', passphrase]) {
      const name = `p8-${kind}-${word.length}`;
      keygen('-t', kind, '-N', word, '-m', 'PKCS8', '-f', file(name));
      expect(await letsIn(bed, file(name), publicLine(name))).toBe('in');
    }
  });

  it('takes Ed25519 in PKCS#8, as clouds and openssl make it', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    writeFileSync(file('ed-p8'), pem, { mode: 0o600 });
    const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
    const head = Buffer.from('0000000b7373682d6564323535313900000020', 'hex');
    const line = `ssh-ed25519 ${Buffer.concat([head, raw]).toString('base64')}`;
    expect(await letsIn(bed, file('ed-p8'), line)).toBe('in');
  });

  it.each(['aes128-cbc', 'aes256-gcm@openssh.com', '3des-cbc', 'chacha20-poly1305@openssh.com'])(
    'unlocks a key that ssh-keygen encrypted with %s',
    async (cipher) => {
      keygen('-t', 'ed25519', '-N', passphrase, '-Z', cipher, '-f', file(cipher));
      expect(await letsIn(bed, file(cipher), publicLine(cipher))).toBe('in');
    },
  );

  it.each([
    [
      'a byte order mark and line ends of Windows',
      (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`,
    ],
    ['text around it', (text: string) => `from my notes:\n\n${text}\nand more, with no end`],
    ['blanks at the ends of lines', (text: string) => text.replaceAll('\n', ' \n')],
  ])('takes a key with %s', async (what, change) => {
    const name = what.replaceAll(' ', '-');
    keygen('-t', 'ed25519', '-N', '', '-f', file(name));
    writeFileSync(file(name), change(readFileSync(file(name), 'utf8')), { mode: 0o600 });
    expect(await letsIn(bed, file(name), publicLine(name))).toBe('in');
  });

  it('takes the first of several keys in a file', async () => {
    keygen('-t', 'ed25519', '-N', '', '-f', file('one'));
    keygen('-t', 'rsa', '-N', '', '-m', 'PEM', '-f', file('two'));
    const both = readFileSync(file('two'), 'utf8') + readFileSync(file('one'), 'utf8');
    writeFileSync(file('both'), both, { mode: 0o600 });
    expect(await letsIn(bed, file('both'), publicLine('two'))).toBe('in');
  });

  it.each([
    ['is empty', '\n', /is empty/],
    [
      'is a DSA key',
      '-----BEGIN DSA PRIVATE KEY-----\nAAAA\n-----END DSA PRIVATE KEY-----',
      /obsolete/,
    ],
    ['is cut', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz', /not copied whole/],
    [
      'is a certificate of a web server',
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----',
      /X\.509/,
    ],
    ['is something else', 'hello', /no private key/],
  ])('says that a file %s', async (name, text, sentence) => {
    writeFileSync(file('odd'), text, { mode: 0o600 });
    const error = await errorOf(letsIn(bed, file('odd'), ''));
    expect(error.code).toBe('SSH_KEY_UNREADABLE');
    expect(error.message, name).toMatch(sentence);
  });

  it('says which half of a key was given, and where the other one lies', async () => {
    keygen('-t', 'ed25519', '-N', '', '-f', file('half'));
    const error = await errorOf(letsIn(bed, file('half.pub'), publicLine('half')));
    expect(error.message).toMatch(/half\.pub is the public half/);
    expect(error.hint).toContain(`Name the private half, ${file('half')}, which lies beside it.`);
    mkdirSync(file('folder'));
    expect((await errorOf(letsIn(bed, file('folder'), ''))).message).toMatch(/is a folder/);
  });

  it('sends a file of a security key to the agent', async () => {
    writeFileSync(file('sk'), securityKeyFile(), { mode: 0o600 });
    const error = await errorOf(letsIn(bed, file('sk'), ''));
    expect(error.message).toMatch(/belongs to a security key/);
    expect(error.hint).toMatch(/ssh-add/);
  });

  it('says that a key does not belong to the public half beside it', async () => {
    keygen('-t', 'rsa', '-N', passphrase, '-m', 'PEM', '-f', file('pair'));
    keygen('-t', 'rsa', '-N', '', '-f', file('stray'));
    writeFileSync(file('pair.pub'), publicLine('stray'));
    const error = await errorOf(letsIn(bed, file('pair'), publicLine('stray')));
    expect(error.message).toMatch(/does not belong to .*pair\.pub/);
  });
});

describeWith(['sshd', 'root'], 'keys of another owner', () => {
  const bed = useTestBed();

  it('uses one that a group may read, as ssh does', async () => {
    const key = makeKey(bed.directory, 'mounted');
    chownSync(key.path, 65_534, 0);
    chmodSync(key.path, 0o640);
    expect(await letsIn(bed, key.path, key.publicLine)).toBe('in');
  });
});

describeWith(['sshd', 'puttygen'], 'keys of PuTTY', () => {
  const bed = useTestBed();

  for (const version of ['2', '3'])
    for (const kind of ['rsa', 'ecdsa', 'ed25519'])
      it(`takes format ${version}, plain and encrypted: ${kind}`, async () => {
        const words = path.join(bed.directory, `word-${version}-${kind}`);
        for (const word of ['', passphrase]) {
          writeFileSync(words, `${word}\n`);
          const key = path.join(bed.directory, `${kind}-${version}-${word.length}.ppk`);
          const how = ['--ppk-param', `version=${version}`, '--new-passphrase', words];
          execFileSync('puttygen', ['-q', '-t', kind, '-O', 'private', '-o', key, ...how]);
          chmodSync(key, 0o600);
          writeFileSync(words, `${word}\n`);
          const line = execFileSync('puttygen', [key, '-L', '--old-passphrase', words]);
          expect(await letsIn(bed, key, line.toString())).toBe('in');
        }
      });
});

/** As ssh-keygen -t ed25519-sk writes it; made by hand, since that wants the device. */
function securityKeyFile(): string {
  const text = (value: string | Buffer) => {
    const bytes = Buffer.from(value);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const one = Buffer.from([0, 0, 0, 1]);
  const key = [text('sk-ssh-ed25519@openssh.com'), text(Buffer.alloc(32)), text('ssh:')];
  const head = [Buffer.from('openssh-key-v1\0'), text('none'), text('none'), text('')];
  const all = Buffer.concat([...head, one, text(Buffer.concat(key)), text(Buffer.alloc(64))]);
  const [begin, end] = ['BEGIN', 'END'].map((mark) => `-----${mark} OPENSSH PRIVATE KEY-----`);
  return `${begin}\n${all.toString('base64')}\n${end}\n`;
}
