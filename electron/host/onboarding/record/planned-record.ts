import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { roleWords } from '../../../../shared/onboarding/role.ts';
import type { Database } from '../../db/index.ts';
import type { RecordParams } from './record-params.ts';
import { targetText } from './target-text.ts';

type Planned = Extract<PlanItem, { kind: 'object' }>;

/** What writing a machine into the inventory comes to, by objects. */
export function plannedRecord(db: Database, params: RecordParams): readonly PlanItem[] {
  const { identity, name, cables, vlans, addresses, tags } = params;
  const object = (
    action: Planned['action'],
    what: string,
    after: string | null,
    before: string | null = null,
  ): PlanItem => ({ kind: 'object', where: 'inventory', action, name: what, before, after });
  const isKnown = identity.as === 'known';
  const items: PlanItem[] = [
    object(isKnown ? 'update' : 'create', `device ${name}`, deviceText(db, params)),
  ];
  if (identity.as === 'replacement') {
    const old = nameOf(db, 'device', identity.deviceId);
    items.push(object('update', `device ${old}`, 'status: retired'));
  }
  for (const one of addresses) {
    items.push(object('create', `address ${one.address}`, `on ${name} ${one.interface}`));
  }
  for (const { interface: link, vlanId, tagged } of vlans) {
    const vlan = nameOf(db, 'vlan', vlanId);
    items.push(object('update', `${name} ${link}`, `${vlan}, ${tagged ? 'tagged' : 'untagged'}`));
  }
  for (const { interface: link, socketId } of cables) {
    const socket = db.tables.cableGraph.named(socketId);
    const far = socket === undefined ? 'a port' : `${socket.deviceName} ${socket.name}`;
    items.push(object('create', `cable from ${name} ${link}`, `to ${far}`));
  }
  const as = joinedWords(params) ?? (params.role === null ? null : roleWords[params.role].label);
  if (params.clusterId !== null && as !== null) {
    const cluster = nameOf(db, 'cluster', params.clusterId);
    items.push(object('create', `member of ${cluster}`, as));
  }
  if (tags.length > 0) items.push(object('update', `tags of ${name}`, tags.join(', ')));
  return items;
}

function joinedWords({ joinedAs, role }: RecordParams): string | null {
  if (joinedAs === 'server') return roleWords['control-plane'].label;
  const isAgent = joinedAs === 'agent' && (role === null || role === 'control-plane');
  return isAgent ? roleWords.worker.label : null;
}

function deviceText(db: Database, { kind, role, place, target }: RecordParams): string {
  const rack = place?.rackId ? nameOf(db, 'rack', place.rackId) : null;
  const unit = place?.position ?? null;
  return [
    `kind: ${kind}`,
    ...(role === null ? [] : [`role: ${roleWords[role].label}`]),
    ...(rack === null ? [] : [`place: ${rack}${unit === null ? '' : `, unit ${unit}`}`]),
    `SSH: ${targetText(target)}`,
    'with the facts that it tells',
  ].join('\n');
}

function nameOf(db: Database, kind: 'device' | 'vlan' | 'cluster' | 'rack', id: string): string {
  return db.tables.records.get(kindOf(kind), id)?.name ?? 'one that is gone';
}
