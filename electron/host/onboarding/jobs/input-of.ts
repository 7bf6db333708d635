import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { roleOf } from '../../../../shared/onboarding/answers.ts';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import type { Database } from '../../db/index.ts';
import { type CheckContext, defaultCidrs } from '../checks/index.ts';
import { targetText } from '../record/index.ts';
import type { MachineInput, OnboardingInput } from './onboarding-input.ts';

/** What the job of a draft is started with. */
export function inputOf(db: Database, draft: Draft): OnboardingInput {
  const machines = draft.machines.map((machine): [string, MachineInput] => {
    const { answers, deviceId, target, facts, who } = machine;
    const set = answers.addresses.filter((one) => one.set);
    return [
      machine.id,
      {
        name: nameOf(machine),
        deviceId,
        target,
        hosts: set.map(({ address }) => address.split('/')[0] ?? address),
        check: checkContextOf(db, draft, machine),
        about: {
          address: targetText(target),
          role: roleOf(draft.common, answers),
          place: placeText(db, machine),
          addresses: answers.addresses.map(({ address }) => address),
          says: who?.says.slice(0, 2_000) ?? null,
          facts,
        },
      },
    ];
  });
  return { draftId: draft.id, machines: Object.fromEntries(machines) };
}

/** What the checks of a machine are to know of it. A machine without a role is checked as a worker. */
export function checkContextOf(
  db: Database,
  draft: Draft,
  machine: DraftMachine,
): CheckContextData {
  const { answers } = machine;
  const isServer = draft.common.join !== null && answers.join.as === 'server';
  return {
    // What a server needs is looked at, whatever else it is for.
    role: isServer ? 'control-plane' : (roleOf(draft.common, answers) ?? 'worker'),
    plan: {
      name: answers.hostname,
      addresses: answers.addresses.map(({ address }) => address),
      cidrs: cidrsOf(db, draft.common.clusterId),
    },
    network: draft.common.tryOutside ? 'outside' : 'gateway',
  };
}

/** As CheckContext, with lists that can be journaled. */
type CheckContextData = Omit<CheckContext, 'plan'> & MachineInput['check'];

function cidrsOf(db: Database, clusterId: string | null): string[] {
  const cluster =
    clusterId === null ? undefined : db.tables.records.get(kindOf('cluster'), clusterId);
  const own = [cluster?.values.podPrefix, cluster?.values.servicePrefix].flatMap((value) =>
    typeof value === 'string' ? value : [],
  );
  return own.length > 0 ? own : [...defaultCidrs];
}

function placeText(db: Database, { answers: { place } }: DraftMachine): string | null {
  if (place === null) return null;
  const { records } = db.tables;
  const parent = place.parentId && records.get(kindOf('device'), place.parentId)?.name;
  if (parent) return `in or on ${parent}${place.bay === null ? '' : `, ${place.bay}`}`;
  const rack = place.rackId && records.get(kindOf('rack'), place.rackId)?.name;
  if (!rack) return null;
  return place.position === null ? rack : `${rack}, unit ${place.position}`;
}
