import type { SshConnection } from '../../../electron/host/connections/ssh/index.ts';
import { collectFacts } from '../../../electron/host/facts/index.ts';
import { findInstallation } from '../../../electron/host/installation.ts';
import { createMachineReader } from '../../../electron/host/onboarding/index.ts';
import { readRemoteScript } from '../../../electron/host/remote-script.ts';
import {
  type Facts,
  type FactsSectionName,
  factsSchema,
  type SectionData,
} from '../../../shared/model/facts.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { Node, RackAccount } from '../../rack/index.ts';
import { type Answers, never, type TestClient } from '../sshd/index.ts';

const script = readRemoteScript(findInstallation(import.meta.dirname).resourcesDirectory, 'facts');

/** The node by its address and as this account, without any ssh configuration. */
export function directTarget(node: Node, account?: RackAccount): SshTarget {
  const identityFile = account ? account.identityFile : node.identityFile;
  return {
    host: node.address,
    port: node.port,
    user: account?.user ?? node.user,
    ...(identityFile === null ? {} : { identityFile }),
  };
}

/** The node by its name in the rack's ssh configuration, jump host and known keys included. */
export function namedTarget(node: Node, account: RackAccount): SshTarget {
  const { user, identityFile } = account;
  return { host: node.name, user, ...(identityFile === null ? {} : { identityFile }) };
}

/** Somebody who knows the account's secrets, and accepts keys that are not known yet. */
export function personWith({ password, passphrase }: RackAccount): Answers {
  return {
    ...(passphrase === null ? {} : { passphrase: { kind: 'secret', secret: passphrase } }),
    ...(password === null
      ? {}
      : {
          password: { kind: 'secret', secret: password },
          'keyboard-interactive': (question) => ({
            kind: 'responses',
            responses:
              question.kind === 'keyboard-interactive' ? question.prompts.map(() => password) : [],
          }),
        }),
  };
}

/** Facts in the shape that the contract promises. */
export async function factsOf(connection: SshConnection): Promise<Facts> {
  return factsSchema.parse(await collectFacts(connection, { script, signal: never }));
}

/** As the app reads a machine: once more where a pooled connection turns out to be dead. */
export async function factsThrough(client: TestClient, target: SshTarget): Promise<Facts> {
  const read = createMachineReader(async () => client.pool, script);
  const { ask, signal } = client.options();
  return factsSchema.parse((await read(target, { ask, signal })).facts);
}

/** What a section tells; one that failed or is absent fails the test with its reason. */
export function told<N extends FactsSectionName>(facts: Facts, name: N): SectionData<N> {
  const section: { status: string; reason?: string; data?: unknown } = facts.sections[name];
  if (section.status !== 'ok') throw new Error(`${name}: ${section.reason}`);
  // The section was just seen to be ok.
  return section.data as SectionData<N>;
}

/** How each section ended, to compare two runs. */
export function statuses(facts: Facts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts.sections).map(([name, { status }]) => [name, status]),
  );
}
