import { randomBytes } from 'node:crypto';
import { Api } from '../../cluster/api.ts';
import { ask } from '../ask.ts';
import { read, readPair } from '../files.ts';
import { Fatal } from '../log.ts';
import { localPort, supervisorPort, tlsDirectory } from '../places.ts';
import { readPasswords, readToken } from '../server-files.ts';
import { authorizationOf, fullToken } from '../token.ts';
import { readFlags } from './flags.ts';

const secrets = '/api/v1/namespaces/kube-system/secrets';

const authority = () => read(`${tlsDirectory}/server-ca.crt`);

function openApi(): Api {
  return new Api({
    server: `https://127.0.0.1:${localPort}`,
    authority: authority(),
    credentials: readPair(`${tlsDirectory}/client-admin`),
  });
}

function milliseconds(ttl: string): number {
  const units: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1_000 };
  const parts = [...ttl.matchAll(/(\d+)([hms])/g)];
  if (parts.length === 0 && ttl !== '0') throw new Fatal(`time: invalid duration "${ttl}"`);
  return parts.reduce((sum, [, count, unit = 's']) => sum + Number(count) * (units[unit] ?? 0), 0);
}

async function create(words: readonly string[]): Promise<void> {
  const { flags, rest } = readFlags(words);
  const characters = (count: number) => randomBytes(count).toString('hex').slice(0, count);
  const text = rest[0] ?? `${characters(6)}.${characters(16)}`;
  const [id = '', secret = ''] = text.split('.');
  const ttl = milliseconds(flags.get('ttl') ?? '24h');
  const ends = new Date(Date.now() + ttl).toISOString().replace(/\.\d+Z$/, 'Z');
  const api = openApi();
  await api.must('POST', secrets, {
    body: {
      ...{ apiVersion: 'v1', kind: 'Secret', type: 'bootstrap.kubernetes.io/token' },
      metadata: { name: `bootstrap-token-${id}` },
      stringData: {
        ...{ 'token-id': id, 'token-secret': secret, description: flags.get('description') ?? '' },
        ...{ 'usage-bootstrap-authentication': 'true', 'usage-bootstrap-signing': 'true' },
        'auth-extra-groups': flags.get('groups') ?? 'system:bootstrappers:k3s:default-node-token',
        ...(ttl > 0 ? { expiration: ends } : {}),
      },
    },
  });
  api.close();
  process.stdout.write(`${fullToken(authority(), text)}\n`);
}

interface TokenSecret {
  readonly metadata: { readonly name: string; readonly creationTimestamp: string };
  readonly type: string;
  readonly data: Readonly<Record<string, string>>;
}

async function list(words: readonly string[]): Promise<void> {
  const { flags } = readFlags(words);
  const api = openApi();
  const { items } = (await api.must('GET', secrets)) as { items: readonly TokenSecret[] };
  api.close();
  const rows = items
    .filter(({ type }) => type === 'bootstrap.kubernetes.io/token')
    .map(({ data }) => {
      const field = (name: string) => Buffer.from(data[name] ?? '', 'base64').toString();
      return {
        token: field('token-id'),
        expires: field('expiration'),
        description: field('description'),
        usages: ['authentication', 'signing'],
        groups: field('auth-extra-groups').split(','),
      };
    });
  if ((flags.get('output') ?? flags.get('o')) === 'json') {
    process.stdout.write(`${JSON.stringify(rows)}\n`);
    return;
  }
  process.stdout.write('TOKEN\tTTL\tEXPIRES\tUSAGES\tDESCRIPTION\tEXTRA GROUPS\n');
  for (const row of rows)
    process.stdout.write(
      `${row.token}\t<forever>\t${row.expires}\t${row.usages}\t${row.description}\t${row.groups}\n`,
    );
}

async function deleteTokens(words: readonly string[]): Promise<void> {
  const api = openApi();
  for (const word of readFlags(words).rest) {
    const id = word.replace(/^K10[0-9a-f]{64}::/, '').split('.')[0];
    await api.must('DELETE', `${secrets}/bootstrap-token-${id}`);
    process.stdout.write(`bootstrap token "${id}" deleted\n`);
  }
  api.close();
}

async function rotate(words: readonly string[]): Promise<void> {
  const { flags } = readFlags(words);
  const token = flags.get('token') ?? flags.get('t') ?? readToken() ?? '';
  // Where none is given the server makes one.
  const newToken = flags.get('new-token') ?? '';
  const user = { caHash: null, user: 'server', password: readPasswords()?.server ?? '' };
  await ask(`https://127.0.0.1:${supervisorPort}/v1-k3s/token`, {
    ...{ authority: authority(), method: 'PUT', body: JSON.stringify({ token, newToken }) },
    headers: { authorization: authorizationOf(user) },
  });
  process.stdout.write('Token rotated, restart k3s nodes with new token\n');
}

const verbs: Readonly<Record<string, (words: readonly string[]) => Promise<void>>> = {
  create,
  list,
  delete: deleteTokens,
  rotate,
};

export async function runToken(words: readonly string[]): Promise<void> {
  const verb = verbs[words[0] ?? ''];
  if (!verb) throw new Fatal(`No help topic for '${words[0]}'`);
  await verb(words.slice(1));
}
