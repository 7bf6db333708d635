import { readFileSync } from 'node:fs';
import ssh2 from 'ssh2';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SshQuestion } from '../../shared/model/ssh.ts';
import { errorOf, freePort, makeKey, never, useTestBed } from './sshd/index.ts';

/**
 * Prompts that no PAM module of a usual machine asks, from ssh2's own server: several rounds, several
 * prompts in one, rounds without any.
 */
describe('keyboard-interactive prompts of an unusual server', () => {
  const bed = useTestBed();
  let hostKey: Buffer;
  beforeAll(() => {
    hostKey = readFileSync(makeKey(bed.directory, 'server').path);
  });

  type Round = readonly { readonly prompt: string; readonly echo: boolean }[];

  async function serve(rounds: readonly Round[], expected: readonly (readonly string[])[]) {
    const port = await freePort();
    const server = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
      client.on('error', () => {});
      client.on('authentication', (context) => {
        if (context.method !== 'keyboard-interactive') {
          context.reject(['keyboard-interactive']);
          return;
        }
        const given: (readonly string[])[] = [];
        const ask = (index: number) => {
          const round = rounds[index];
          if (!round) {
            if (JSON.stringify(given) === JSON.stringify(expected)) context.accept();
            else context.reject(['keyboard-interactive']);
            return;
          }
          context.prompt([...round], `round ${index + 1}`, 'Say it.', (answers) => {
            given.push(answers ?? []);
            ask(index + 1);
          });
        };
        ask(0);
      });
      client.on('session', (accept) => {
        accept().on('exec', (acceptExec) => {
          const channel = acceptExec();
          channel.write('in\n');
          channel.exit(0);
          channel.end();
        });
      });
    });
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
    bed.onCleanup(() => new Promise((resolve) => server.close(() => resolve(undefined))));
    return { host: '127.0.0.1', port, user: 'me' };
  }

  const rounds: Round[] = [
    [
      { prompt: 'Name: ', echo: true },
      { prompt: 'Password: ', echo: false },
    ],
    [{ prompt: 'Code: ', echo: false }],
  ];

  it('asks each round as the server words it', async () => {
    const target = await serve(rounds, [['me', 'pw'], ['123456']]);
    const client = bed.client();
    const answer = (question: SshQuestion) => ({
      kind: 'responses' as const,
      responses:
        question.kind === 'keyboard-interactive' && question.prompts.length === 2
          ? ['me', 'pw']
          : ['123456'],
    });
    const connection = await client.pool.connect(
      target,
      client.options({ 'keyboard-interactive': answer }),
    );
    expect((await connection.exec('x', { signal: never })).stdout.toString()).toBe('in\n');
    expect(client.questions.slice(1)).toMatchObject([
      {
        kind: 'keyboard-interactive',
        host: `127.0.0.1:${target.port}`,
        name: 'round 1',
        instructions: 'Say it.',
        prompts: rounds[0],
      },
      expect.objectContaining({ name: 'round 2', prompts: rounds[1] }),
    ]);
  });

  it('sends an answer for each prompt, however many were given', async () => {
    const target = await serve([rounds[0] ?? []], [['only', '']]);
    const client = bed.client();
    const answers = {
      'keyboard-interactive': { kind: 'responses' as const, responses: ['only'] },
    };
    await expect(client.pool.connect(target, client.options(answers))).resolves.toBeDefined();
  });

  it('ends with SSH_CANCELLED when the person cancels in a later round', async () => {
    const target = await serve(rounds, []);
    const client = bed.client();
    const answer = (question: SshQuestion) =>
      question.kind === 'keyboard-interactive' && question.prompts.length === 2
        ? { kind: 'responses' as const, responses: ['me', 'pw'] }
        : { kind: 'cancel' as const };
    const error = await errorOf(
      client.pool.connect(target, client.options({ 'keyboard-interactive': answer })),
    );
    expect(error.code).toBe('SSH_CANCELLED');
  });
});
