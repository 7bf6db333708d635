import type { LintInventory, LintRow } from '../lint-inventory.ts';
import { text } from '../networks-in.ts';
import type { Rule } from '../rule.ts';

const isGone = (device: LintRow | undefined) => device?.values.status === 'retired';

export const serviceOnGoneDevice: Rule = {
  name: 'service-on-gone-device',
  title: 'Services on devices that are gone',
  *find(inventory) {
    for (const place of inventory.rows('service-runs-on')) {
      const device = inventory.row('device', place.values.device);
      const service = inventory.row('service', place.values.service);
      if (device === undefined || service === undefined || !isGone(device)) continue;
      yield {
        severity: 'error',
        message: `${text(service, 'name')} runs on ${text(device, 'name')}, which is retired.`,
        hint: 'Say where it runs now, or delete the service.',
        subjects: [
          inventory.subject('service', service),
          inventory.subject('device', device, 'status'),
        ],
      };
    }
  },
};

export const runnerOnGoneDevice: Rule = {
  name: 'runner-on-gone-device',
  title: 'CI runners on devices that are gone',
  *find(inventory) {
    for (const runner of inventory.rows('ci-runner')) {
      const device = inventory.row('device', runner.values.device);
      if (device === undefined || !isGone(device)) continue;
      yield {
        severity: 'warning',
        message: `${text(runner, 'name')} runs on ${text(device, 'name')}, which is retired.`,
        hint: 'Say where it runs now, or delete it.',
        subjects: [
          inventory.subject('ci-runner', runner, 'device'),
          inventory.subject('device', device),
        ],
      };
    }
  },
};

export const dependencyCircle: Rule = {
  name: 'dependency-circle',
  title: 'Services that need each other in a circle',
  *find(inventory) {
    for (const circle of circles(inventory)) {
      const services = circle.flatMap((id) => inventory.row('service', id) ?? []);
      const names = services.map((row) => text(row, 'name'));
      yield {
        severity: 'warning',
        message: `${names.slice(0, 5).join(' → ')}${names.length > 5 ? ' → …' : ''} → ${names[0] ?? ''}: none of them can start first.`,
        hint: 'Delete the dependency that is none.',
        subjects: services.map((row) => inventory.subject('service', row)),
      };
    }
  },
};

/**
 * One circle of each knot of services that need each other. Depth first with a stack of its own, so
 * that long chains do not end in an overflow.
 */
function circles(inventory: LintInventory): string[][] {
  const needs = inventory.by('service-depends-on', 'service');
  const state = new Map<string, 'open' | 'done'>();
  const found: string[][] = [];
  for (const { id: start } of inventory.rows('service')) {
    if (state.has(start)) continue;
    const path: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, 'open');
    while (path.length > 0) {
      const at = path.at(-1);
      if (at === undefined) break;
      const needed = needs.get(at.id)?.[at.next]?.values.needed;
      at.next += 1;
      if (typeof needed !== 'string') {
        state.set(at.id, 'done');
        path.pop();
      } else if (state.get(needed) === 'open') {
        found.push(path.slice(path.findIndex(({ id }) => id === needed)).map(({ id }) => id));
      } else if (!state.has(needed)) {
        state.set(needed, 'open');
        path.push({ id: needed, next: 0 });
      }
    }
  }
  return found;
}

export const evenQuorum: Rule = {
  name: 'even-quorum',
  title: 'Clusters with an even number of control-plane nodes',
  *find(inventory) {
    for (const cluster of inventory.rows('cluster')) {
      if (!['k3s', 'kubernetes'].includes(text(cluster, 'kind'))) continue;
      const members = inventory
        .of('cluster-member', 'cluster', cluster.id)
        .filter(({ values }) => values.role === 'control-plane' || values.role === 'etcd');
      if (members.length === 0 || members.length % 2 === 1) continue;
      yield {
        severity: 'note',
        message: `${text(cluster, 'name')} has ${members.length} control-plane nodes.`,
        hint: `It bears the loss of no more of them than with ${members.length - 1}: a quorum wants an odd number.`,
        subjects: [inventory.subject('cluster', cluster)],
      };
    }
  },
};

export const storageOverfull: Rule = {
  name: 'storage-overfull',
  title: 'Pools that hold more than they can',
  *find(inventory) {
    for (const pool of inventory.rows('storage-pool')) {
      const { sizeBytes } = pool.values;
      if (typeof sizeBytes !== 'number') continue;
      const volumes = inventory.of('volume', 'pool', pool.id);
      const used = volumes.reduce((sum, { values }) => sum + Number(values.usedBytes ?? 0), 0);
      if (used <= sizeBytes && Number(pool.values.usedBytes ?? 0) <= sizeBytes) continue;
      yield {
        severity: 'error',
        message: `${text(pool, 'name')} would hold more than its size.`,
        hint: 'Correct its size, or what its volumes use.',
        subjects: [inventory.subject('storage-pool', pool, 'sizeBytes')],
      };
    }
  },
};
