import { rmSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { v7 as uuidv7 } from 'uuid';
import { type Host, startHost } from '../../../electron/host/host.ts';
import { findInstallation } from '../../../electron/host/installation.ts';
import type { Contract } from '../../../shared/contract/index.ts';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import { deviceQuery } from '../../../shared/model/inventory.ts';
import type { SshQuestion, SshTarget } from '../../../shared/model/ssh.ts';
import { makeScratch } from '../scratch.ts';
import type { Answers } from '../sshd/index.ts';

export type Client = ContractRouterClient<Contract>;
type Last = Exclude<AttemptEvent, { type: 'step' | 'question' }>;

/** One attempt from its first event to its last. */
export interface Attempt {
  readonly attemptId: string;
  readonly last: Last;
  readonly questions: readonly SshQuestion[];
  readonly steps: readonly string[];
  readonly ms: number;
}

/**
 * The app without a window: a host on its own data directory, and a client as a window has it. The
 * person's ssh configuration and agent are out of sight.
 */
export class App {
  readonly directory = makeScratch('app');
  readonly #outside = { HOME: process.env.HOME, SSH_AUTH_SOCK: process.env.SSH_AUTH_SOCK };
  #host: Host | null = null;
  #client: Client | null = null;
  #hangUp: () => void = () => {};

  static async open(): Promise<App> {
    const app = new App();
    process.env.HOME = app.directory;
    delete process.env.SSH_AUTH_SOCK;
    try {
      await app.start();
    } catch (error) {
      await app.close();
      throw error;
    }
    return app;
  }

  get client(): Client {
    if (!this.#client) throw new Error('The app is closed.');
    return this.#client;
  }

  async start(): Promise<void> {
    this.#host = await startHost({
      ...findInstallation(import.meta.dirname),
      dataDirectory: path.join(this.directory, 'data'),
      shell: 'desktop',
    });
    const { port1, port2 } = new MessageChannel();
    this.#host.connectPort(port1);
    port2.start();
    // Node's port behaves as the browser's does; only the declared types differ.
    const port = port2 as unknown as globalThis.MessagePort;
    this.#client = createORPCClient<Client>(new RPCLink({ port }));
    this.#hangUp = () => port2.close();
  }

  async stop(): Promise<void> {
    this.#hangUp();
    this.#client = null;
    await this.#host?.close();
    this.#host = null;
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  async close(): Promise<void> {
    await this.stop();
    for (const [name, value] of Object.entries(this.#outside)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Connects as a window does; a person answers what is asked. */
  async attempt(
    input: { readonly target: SshTarget } | { readonly deviceId: string },
    answers: Answers = {},
  ): Promise<Attempt> {
    const attemptId = uuidv7();
    const started = performance.now();
    const questions: SshQuestion[] = [];
    const steps: string[] = [];
    for await (const event of await this.client.machines.connect({ ...input, attemptId })) {
      if (event.type === 'step') steps.push(event.step);
      else if (event.type === 'question') {
        const { questionId, question } = event;
        questions.push(question);
        const answer = answerOf(answers, question);
        await this.client.machines.answer({ attemptId, questionId, answer });
      } else {
        return { attemptId, last: event, questions, steps, ms: performance.now() - started };
      }
    }
    throw new Error('The attempt ended without saying how.');
  }

  /** Connects to a machine that is well, and puts it into the inventory. */
  async add(target: SshTarget, acceptFacts = true): Promise<string> {
    const { attemptId, last } = await this.attempt({ target });
    if (last.type !== 'ready') throw new Error(`Not ready: ${JSON.stringify(last)}`);
    const added = await this.client.machines.add({
      attemptId,
      deviceId: null,
      ...last.suggestion,
      rackId: null,
      acceptFacts,
    });
    return added.deviceId;
  }

  /** All that a fault must leave as it was. */
  async written(): Promise<{ changeSets: number; devices: string[] }> {
    const { rows } = await this.client.devices.list(deviceQuery.parse({}));
    const changeSets = await this.client.history.list({ limit: 500 });
    return { changeSets: changeSets.length, devices: rows.map(({ name }) => name) };
  }
}

/** A host key that is not known is accepted, everything else cancelled, unless told otherwise. */
function answerOf(answers: Answers, question: SshQuestion) {
  const answer = answers[question.kind];
  if (typeof answer === 'function') return answer(question);
  if (answer) return answer;
  if (question.kind === 'unknown-host-key') return { kind: 'host-key', accept: true } as const;
  return { kind: 'cancel' } as const;
}
