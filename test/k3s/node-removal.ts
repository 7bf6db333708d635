import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../cluster/api.ts';
import type { Etcd } from './etcd.ts';
import { log, reasonOf } from './log.ts';
import { forgetPassword } from './node-password.ts';

interface NodeObject {
  readonly metadata: {
    readonly name: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

const memberNote = 'etcd.k3s.cattle.io/node-name';
const removeNote = 'etcd.k3s.cattle.io/remove';
const removedNote = 'etcd.k3s.cattle.io/removed-node-name';

/** One that is not on the list, since another server was quicker, is as good as taken off. */
async function removeMember(etcd: Etcd, member: string | undefined): Promise<void> {
  const found = (await etcd.members()).find(({ name }) => name === member);
  if (!found) return;
  log('info', `Removing name=${member} id=${found.id} from etcd`);
  await etcd.remove(found.id);
}

/**
 * A server that is to leave etcd while it runs is asked so by a note on its node, and answers by another. One
 * that has come back as a new member is no longer asked.
 */
async function removeWhereAsked(api: Api, etcd: Etcd, node: NodeObject): Promise<void> {
  const { name, annotations = {} } = node.metadata;
  const { [memberNote]: member, [removeNote]: asked, [removedNote]: removed } = annotations;
  const note = async (values: Readonly<Record<string, string | null>>) => {
    const body = { metadata: { annotations: values } };
    const type = 'application/merge-patch+json';
    await api.must('PATCH', `/api/v1/nodes/${name}`, { type, body });
  };
  if (asked === undefined || member === undefined || removed === member) return;
  if (removed !== undefined) await note({ [removedNote]: null, [removeNote]: 'false' });
  else if (asked === 'true') {
    await removeMember(etcd, member);
    await note({ [removedNote]: member, [memberNote]: null });
  }
}

/**
 * Who deletes a node lets its name free: the password that was known for it goes, and a server loses its seat
 * in etcd at once.
 */
export async function followRemovals(api: Api, etcd: Etcd | null): Promise<never> {
  let known = new Map<string, NodeObject>();
  for (;;) {
    try {
      const { items } = (await api.must('GET', '/api/v1/nodes')) as {
        items: readonly NodeObject[];
      };
      const now = new Map(items.map((node) => [node.metadata.name, node]));
      for (const [name, node] of known) {
        if (now.has(name)) continue;
        await forgetPassword(api, name);
        if (etcd) await removeMember(etcd, node.metadata.annotations?.[memberNote]);
      }
      if (etcd) for (const node of items) await removeWhereAsked(api, etcd, node);
      known = now;
    } catch (error) {
      log('error', `Failed to look after nodes that left: ${reasonOf(error)}`);
    }
    await sleep(1_000);
  }
}
