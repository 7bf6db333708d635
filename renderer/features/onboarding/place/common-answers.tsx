import { Select } from '@mantine/core';
import type { CommonAnswers, MachineAnswers } from '../../../../shared/onboarding/answers.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { nodeRole, nodeRoles, roleWords } from '../../../../shared/onboarding/role.ts';
import { useApp } from '../../../app/app-context.ts';
import { isolated } from '../../../ui/isolate.ts';
import { Section } from '../../../ui/section.tsx';
import type { Offers } from '../onboarding-store.ts';
import classes from './place.module.css';

/** Says it once, and takes away what single machines were told otherwise. */
function useForAll(draft: Draft) {
  const { onboarding } = useApp();
  return (answers: Partial<CommonAnswers>, each: Partial<MachineAnswers>) => {
    void onboarding.change(draft, { kind: 'common', answers });
    for (const { id } of draft.machines) {
      void onboarding.change(draft, { kind: 'machine', machineId: id, answers: each });
    }
  };
}

/** One role for several machines; each may still have another. */
export function RoleForAll({ draft }: { readonly draft: Draft }) {
  const forAll = useForAll(draft);
  if (draft.machines.length < 2) return null;
  return (
    <Section title="For all of them">
      <div className={classes.forAll}>
        <Select
          label="Role"
          placeholder="Each its own"
          clearable
          data={nodeRoles.map((value) => ({ value, label: roleWords[value].label }))}
          value={draft.common.role}
          onChange={(value) => forAll({ role: nodeRole.nullable().parse(value) }, { role: null })}
        />
      </div>
    </Section>
  );
}

interface PlaceForAllProps {
  readonly draft: Draft;
  readonly offers: Offers;
}

/** The rack that all stand in, and the prefix that addresses are offered from. */
export function PlaceForAll({ draft, offers }: PlaceForAllProps) {
  const { onboarding } = useApp();
  const forAll = useForAll(draft);
  const several = draft.machines.length > 1;
  const racks = offers.offers.find((one) => one.racks.length > 0)?.racks ?? [];
  const { rackId, prefixId } = draft.common;
  const shows = (several && racks.length > 0) || offers.prefixes.length > 0;
  if (!shows) return null;
  return (
    <Section title={several ? 'For all of them' : 'Network'}>
      <div className={classes.forAll}>
        {several && racks.length > 0 && (
          <Select
            label="Rack"
            placeholder="Each its own"
            clearable
            data={racks.map((rack) => ({ value: rack.rackId, label: isolated(rack.rackName) }))}
            value={rackId}
            onChange={(value) => forAll({ rackId: value }, { place: placeIn(value) })}
          />
        )}
        {offers.prefixes.length > 0 && (
          <Select
            label="Addresses from"
            placeholder="The prefix that it is in"
            clearable
            searchable
            data={offers.prefixes.map(({ id, prefix, vlan }) => ({
              value: id,
              label: vlan === null ? prefix : `${prefix}, ${isolated(vlan)}`,
            }))}
            value={prefixId}
            onChange={(value) =>
              void onboarding.change(draft, { kind: 'common', answers: { prefixId: value } })
            }
          />
        )}
      </div>
    </Section>
  );
}

function placeIn(rackId: string | null): MachineAnswers['place'] {
  if (rackId === null) return null;
  return { rackId, position: null, face: 'front', side: null, parentId: null, bay: null };
}
