import { IconNetwork, IconPlus } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { PlannedVlan } from '../../../shared/model/networks.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { PageBody, PageHeader } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ProposalBadge } from '../proposals/proposal-badge.tsx';
import { type Traffic, trafficWords } from './network-words.ts';
import classes from './networks.module.css';
import { VlanCard } from './vlan-card.tsx';

/** The VLANs by what they carry. `thing`: the number of the one in the inspector. */
export function VlanPlanScreen({ thing }: { readonly thing: string | null }) {
  const { networks, dialogs } = useApp();
  const state = useResource(networks.plan);
  const total = state.status === 'ready' ? state.data.total : 0;
  return (
    <>
      <PageHeader
        title="VLANs"
        note={state.status === 'ready' ? formatCount(total, 'VLAN') : null}
        actions={
          <>
            <ProposalBadge area="networks" />
            <Button
              tone="primary"
              icon={IconPlus}
              onClick={() => dialogs.setState({ kind: 'add-record', record: 'vlan' }, true)}
            >
              Add VLAN
            </Button>
          </>
        }
      />
      {state.status === 'loading' && <Skeleton label="Reading the VLANs" lines={8} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void networks.plan.reload()} />
      )}
      {state.status === 'ready' && total === 0 && <NoVlans />}
      {state.status === 'ready' && total > 0 && (
        <PageBody>
          <Plan vlans={state.data.rows} total={total} thing={thing} />
        </PageBody>
      )}
    </>
  );
}

function NoVlans() {
  const { dialogs } = useApp();
  return (
    <EmptyState
      icon={IconNetwork}
      title="No VLANs yet"
      actions={
        <>
          <Button tone="primary" onClick={() => dialogs.setState({ kind: 'usual-vlans' }, true)}>
            Begin with the usual four
          </Button>
          <ActionButton id="open-sample" />
        </>
      }
    >
      Most racks part their traffic in four: management, storage, ingress and internal. They also
      come with the machines that carry them: read one and accept what was seen.
    </EmptyState>
  );
}

interface PlanProps {
  readonly vlans: readonly PlannedVlan[];
  readonly total: number;
  readonly thing: string | null;
}

function Plan({ vlans, total, thing }: PlanProps) {
  const { layout } = useApp();
  const selected = vlans.find(({ number }) => String(number) === thing)?.id ?? null;
  useEffect(() => {
    if (selected === null) layout.inspect({ kind: 'none' });
    else layout.reveal({ kind: 'vlan', id: selected });
  }, [layout, selected]);
  const kinds = Object.keys(trafficWords) as Traffic[]; // its keys are these
  const groups = [...kinds, null].flatMap((traffic) => {
    const own = vlans.filter((vlan) => vlan.traffic === traffic);
    return own.length === 0 ? [] : [{ traffic, own }];
  });
  return (
    <div className={classes.plan}>
      {groups.map(({ traffic, own }) => (
        <Section
          key={traffic ?? 'none'}
          title={traffic === null ? 'Traffic not said' : trafficWords[traffic].label}
          note={traffic === null ? 'say what they carry' : trafficWords[traffic].about}
        >
          <ul className={classes.cards}>
            {own.map((vlan) => (
              <VlanCard key={vlan.id} vlan={vlan} selected={vlan.id === selected} />
            ))}
          </ul>
        </Section>
      ))}
      {total > vlans.length && (
        <p className={classes.more}>
          The first {vlans.length} of {total}; <a href="#/kinds/vlan">the table of VLANs</a> has
          all.
        </p>
      )}
    </div>
  );
}
