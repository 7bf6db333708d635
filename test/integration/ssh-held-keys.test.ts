import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import {
  type HeldKey,
  type LoginPlace,
  type MadeKey,
  makeKey as makeHeldKey,
} from '../../electron/host/connections/ssh/index.ts';
import { RackhelmError } from '../../shared/model/errors.ts';
import {
  describeWith,
  errorOf,
  makeKey,
  never,
  type Sshd,
  startAgent,
  type TestClient,
  useTestBed,
} from './sshd/index.ts';

const locked = new RackhelmError('SECRETS_LOCKED', 'The store of secrets is locked.');

describeWith(['sshd'], 'a key that lies in no file', () => {
  const bed = useTestBed();
  let made: MadeKey;
  beforeAll(async () => {
    made = await makeHeldKey('rackhelm@desk');
  });

  /** As the store of secrets holds it. */
  function held({ publicLine, privateText }: MadeKey, isLocked = false) {
    const places: LoginPlace[] = [];
    const isAt = (place: LoginPlace) => JSON.stringify(places).includes(JSON.stringify(place));
    const key: HeldKey & { readonly places: LoginPlace[] } = {
      ...{ label: 'Rackhelm’s own key', publicLine, places },
      privateText: async () => {
        if (isLocked) throw locked;
        return privateText;
      },
      letInBefore: isAt,
      letIn: (place) => places.push(place),
    };
    return key;
  }
  const clientWith = (...keys: HeldKey[]) => bed.client({ heldKeys: () => keys });
  const targetOf = ({ port, user }: Sshd) => ({ host: '127.0.0.1', port, user });
  const login = async (client: TestClient, sshd: Sshd, more = {}) =>
    client.pool.connect({ ...targetOf(sshd), ...more }, client.options());
  function configure({ home }: TestClient, text: string): void {
    mkdirSync(path.join(home, '.ssh'), { recursive: true });
    writeFileSync(path.join(home, '.ssh', 'config'), text);
  }

  it('logs in by itself alone, and it is noted where', async () => {
    const sshd = await bed.sshd({ authorized: [made.publicLine] });
    const key = held(made);
    const client = clientWith(key);
    const connection = await login(client, sshd);
    expect((await connection.exec('echo in', { signal: never })).exitCode).toBe(0);
    expect(key.places).toEqual([{ ...targetOf(sshd), through: [] }]);
  });

  it('is refused where another one is let in, and that is not noted', async () => {
    const sshd = await bed.sshd();
    const key = held(made);
    const error = await errorOf(login(clientWith(key), sshd));
    expect(error).toMatchObject({
      code: 'SSH_AUTH_FAILED',
      message: expect.stringContaining('Rackhelm’s own key'),
    });
    expect(key.places).toEqual([]);
  });

  it('leaves the other ways in as they are where it cannot be had', async () => {
    const sshd = await bed.sshd({ authorized: [made.publicLine, bed.key.publicLine] });
    const key = held(made, true);
    const client = clientWith(key);
    configure(client, `Host *\n  IdentityFile ${bed.key.path}\n`);
    await expect(login(client, sshd)).resolves.toBeDefined();
    expect(key.places).toEqual([]);
  });

  it.each([['no'], ['yes']])(
    'is what is wanting where it is the only way in and cannot be had (passwords: %s)',
    async (passwords) => {
      const config = [`PasswordAuthentication ${passwords}`];
      const sshd = await bed.sshd({ authorized: [made.publicLine], config });
      const client = clientWith(held(made, true));
      const nobody = new RackhelmError('SSH_ANSWER_NEEDED', 'Nobody is there.');
      const { ask } = client.options();
      const error = await errorOf(
        client.pool.connect(targetOf(sshd), {
          ask: async (question, signal) => {
            if (question.kind === 'password') throw nobody;
            return ask(question, signal);
          },
          signal: never,
          attended: false,
        }),
      );
      expect(error).toMatchObject({
        code: 'SECRETS_LOCKED',
        message: expect.stringContaining('Rackhelm’s own key would be taken'),
      });
    },
  );

  it('opens jump hosts and what is behind them', async () => {
    const [gate, end] = [
      await bed.sshd({ authorized: [made.publicLine] }),
      await bed.sshd({ authorized: [made.publicLine] }),
    ];
    const key = held(made);
    const jump = [`${gate.user}@127.0.0.1:${gate.port}`];
    const connection = await login(clientWith(key), end, { jump });
    expect((await connection.exec('echo in', { signal: never })).exitCode).toBe(0);
    expect(key.places).toEqual([
      { ...targetOf(gate), through: [] },
      { ...targetOf(end), through: jump },
    ]);
  });

  it('is shown to no machine of IdentitiesOnly in which it has not let in before', async () => {
    const sshd = await bed.sshd({ authorized: [made.publicLine] });
    const key = held(made);
    const client = clientWith(key);
    configure(client, `Host *\n  IdentitiesOnly yes\n  IdentityFile ${bed.key.path}\n`);
    const error = await errorOf(login(client, sshd));
    expect(error.message).not.toContain('own key');
    // As the job does that has put it there.
    const proof = { ...client.options(), fresh: true, onlyKey: made.publicLine };
    (await client.pool.connect(targetOf(sshd), proof)).release();
    await expect(login(client, sshd)).resolves.toBeDefined();
  });

  it('comes after all others, but first where it has let in and they would use up the patience', async () => {
    const others = Array.from({ length: 7 }, (_, at) => makeKey(bed.directory, `other-${at}`));
    const agent = await startAgent(bed.directory);
    bed.onCleanup(() => agent.stop());
    for (const { path: file } of others) agent.add(file);
    const sshd = await bed.sshd({ authorized: [made.publicLine], config: ['LogLevel VERBOSE'] });
    const failures = () => sshd.log().match(/Failed publickey/g)?.length ?? 0;
    const key = held(made);
    const environment = { SSH_AUTH_SOCK: agent.socket };
    const first = bed.client({ heldKeys: () => [key], environment });
    await expect(login(first, sshd)).resolves.toBeDefined();
    const before = failures();
    expect(before).toBeGreaterThanOrEqual(5);
    const again = bed.client({ heldKeys: () => [key], environment });
    await expect(login(again, sshd)).resolves.toBeDefined();
    expect(failures()).toBe(before);
  });

  it('alone is shown where exactly it is to be proven', async () => {
    const sshd = await bed.sshd();
    const client = clientWith(held(made));
    configure(client, `Host *\n  IdentityFile ${bed.key.path}\n`);
    const options = { ...client.options(), fresh: true };
    const target = targetOf(sshd);
    const refused = client.pool.connect(target, { ...options, onlyKey: made.publicLine });
    expect(await errorOf(refused)).toMatchObject({ code: 'SSH_AUTH_FAILED' });
    const file = client.pool.connect(target, { ...options, onlyKey: bed.key.publicLine });
    await expect(file).resolves.toBeDefined();
  });

  it('is still the one before where machines do not let the new one in yet', async () => {
    const sshd = await bed.sshd({ authorized: [made.publicLine] });
    const [next, before] = [held(await makeHeldKey('rackhelm@desk')), held(made)];
    await expect(login(clientWith(next, before), sshd)).resolves.toBeDefined();
    expect(before.places).toHaveLength(1);
    expect(next.places).toEqual([]);
  });
});
