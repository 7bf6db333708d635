import { randomUUID } from 'node:crypto';
import { afterEach } from 'vitest';
import {
  createMachines,
  type LookOptions,
  type OpenOptions,
} from '../../../electron/host/engine/machines/index.ts';
import type { JobAnswer, JobQuestion } from '../../../shared/jobs/question.ts';
import type { AccountName, Node, Rack } from '../../rack/index.ts';
import { type TestClient, testClient } from '../sshd/client.ts';
import { never } from '../sshd/index.ts';
import { directTarget } from './login.ts';

const clients: TestClient[] = [];
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  for (const client of clients.splice(0)) await client.close();
});

/** A workstation of its own: pool, name, and a person who answers. */
export function workstation(rack: Rack, host: string, answers: Partial<WorkstationAnswers> = {}) {
  const client = testClient();
  clients.push(client);
  const questions: JobQuestion[] = [];
  const machines = createMachines({ pool: async () => client.pool, owner: { host, user: 'ada' } });
  const ask =
    (user: AccountName) =>
    async (question: JobQuestion): Promise<JobAnswer> => {
      questions.push(question);
      if (question.kind === 'choice') return answers.choice ?? { kind: 'cancel' };
      if (question.kind === 'sudo-password')
        return {
          kind: 'secret',
          secret: answers.sudo ?? rack.account(user).password ?? 'none',
          remember: false,
        };
      return { kind: 'ssh', answer: { kind: 'host-key', accept: true } };
    };
  const options = (node: Node, user: AccountName): LookOptions => ({
    name: node.name,
    ask: ask(user),
    signal: never,
  });
  return {
    questions,
    asked: () => questions.filter(({ kind }) => kind !== 'ssh'),
    look: async (node: Node, user: AccountName) => {
      const machine = await machines.look(
        directTarget(node, rack.account(user)),
        options(node, user),
      );
      cleanups.push(() => machine.release());
      return machine;
    },
    open: async (node: Node, user: AccountName, more: Partial<OpenOptions> = {}) => {
      const all = { ...options(node, user), jobId: randomUUID(), ...more };
      const machine = await machines.open(directTarget(node, rack.account(user)), all);
      cleanups.push(() => machine.release());
      return machine;
    },
  };
}

export interface WorkstationAnswers {
  readonly choice: JobAnswer;
  readonly sudo: string;
}
