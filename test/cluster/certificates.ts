import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** PEM texts, as kubeconfigs and servers want them. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

export interface CertificateOptions {
  readonly commonName: string;
  /** What Kubernetes takes for the groups of a user. */
  readonly organizations?: readonly string[];
  /** Names and addresses of a server; without them it is a client's. */
  readonly hosts?: readonly string[];
  readonly from?: Date;
  readonly until?: Date;
}

/** Of the structures of X.509 only what these certificates hold, in DER. */
function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const digits = body.length.toString(16);
  const length = Buffer.from(digits.length % 2 ? `0${digits}` : digits, 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

const sequence = (...parts: readonly Buffer[]) => element(0x30, ...parts);
const octets = (body: Buffer) => element(0x04, body);
const yes = element(0x01, Buffer.from([0xff]));

function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const value of rest) {
    const groups = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) groups.unshift((left & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return element(0x06, Buffer.from(bytes));
}

function time(date: Date): Buffer {
  const text = date.toISOString().replace(/[-:T]|\.\d+/g, '');
  return element(0x18, Buffer.from(text));
}

function attribute(id: string, value: string): Buffer {
  return element(0x31, sequence(objectId(id), element(0x0c, Buffer.from(value))));
}

function nameOf(commonName: string, organizations: readonly string[]): Buffer {
  return sequence(
    ...organizations.map((one) => attribute('2.5.4.10', one)),
    attribute('2.5.4.3', commonName),
  );
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(objectId(id), ...(critical ? [yes] : []), octets(value));
}

function alternative(host: string): Buffer {
  if (isIP(host) === 0) return element(0x82, Buffer.from(host));
  return element(0x87, Buffer.from(ipaddr.parse(host).toByteArray()));
}

const signatureAlgorithm = sequence(objectId('1.2.840.10045.4.3.2'));
const extendedUses = { client: '1.3.6.1.5.5.7.3.2', server: '1.3.6.1.5.5.7.3.1' };

function keyIdOf(publicKey: KeyObject): Buffer {
  return createHash('sha1')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest();
}

function leafExtensions(hosts: readonly string[]): readonly Buffer[] {
  const uses = [extendedUses.client, ...(hosts.length > 0 ? [extendedUses.server] : [])];
  return [
    extension('2.5.29.19', sequence(), true),
    extension('2.5.29.15', element(0x03, Buffer.from([5, 0xa0])), true),
    extension('2.5.29.37', sequence(...uses.map(objectId))),
    ...(hosts.length > 0 ? [extension('2.5.29.17', sequence(...hosts.map(alternative)))] : []),
  ];
}

const authorityExtensions = [
  extension('2.5.29.19', sequence(yes), true),
  extension('2.5.29.15', element(0x03, Buffer.from([2, 0xa4])), true),
];

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

interface Signing {
  readonly issuer: Buffer;
  readonly issuerKey: KeyObject;
  readonly issuerKeyId: Buffer;
}

function certify(
  subject: Buffer,
  publicKey: KeyObject,
  rest: Signing & {
    readonly from: Date;
    readonly until: Date;
    readonly extensions: readonly Buffer[];
  },
): string {
  const serial = randomBytes(15);
  const body = sequence(
    element(0xa0, element(0x02, Buffer.from([2]))),
    // Not above 0x7f in its first byte, or it would be a negative number.
    element(0x02, Buffer.concat([Buffer.from([0x40]), serial])),
    signatureAlgorithm,
    rest.issuer,
    sequence(time(rest.from), time(rest.until)),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    element(
      0xa3,
      sequence(
        ...rest.extensions,
        extension('2.5.29.14', octets(keyIdOf(publicKey))),
        extension('2.5.29.35', sequence(element(0x80, rest.issuerKeyId))),
      ),
    ),
  );
  const signature = sign('sha256', body, rest.issuerKey);
  const bits = element(0x03, Buffer.from([0]), signature);
  return pem('CERTIFICATE', sequence(body, signatureAlgorithm, bits));
}

const day = 24 * 3600_000;
function validity({ from, until }: Pick<CertificateOptions, 'from' | 'until'>) {
  return {
    from: from ?? new Date(Date.now() - day),
    until: until ?? new Date(Date.now() + 365 * day),
  };
}

const newKeys = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const keyText = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();

/** A certificate authority of a test: it signs what is right, and whatever else a test asks for. */
export class Authority implements Identity {
  readonly name: string;
  readonly certificate: string;
  readonly key: string;

  /** A new one, or one that was kept. */
  constructor(name: string, kept?: Identity) {
    this.name = name;
    this.key = kept?.key ?? keyText(newKeys().privateKey);
    const own = this.#signing();
    this.certificate =
      kept?.certificate ??
      certify(own.issuer, createPublicKey(this.key), {
        ...own,
        ...validity({}),
        extensions: authorityExtensions,
      });
  }

  issue(options: CertificateOptions): Identity {
    const { privateKey, publicKey } = newKeys();
    const { commonName, organizations = [], hosts = [] } = options;
    const certificate = certify(nameOf(commonName, organizations), publicKey, {
      ...this.#signing(),
      ...validity(options),
      extensions: leafExtensions(hosts),
    });
    return { certificate, key: keyText(privateKey) };
  }

  #signing(): Signing {
    return {
      issuer: nameOf(this.name, []),
      issuerKey: createPrivateKey(this.key),
      issuerKeyId: keyIdOf(createPublicKey(this.key)),
    };
  }
}
