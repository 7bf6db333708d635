import { Checkbox } from '@mantine/core';
import type {
  AddressAnswer,
  CableAnswer,
  VlanAnswer,
} from '../../../../shared/onboarding/answers.ts';
import { type Draft, type DraftMachine, nameOf } from '../../../../shared/onboarding/draft.ts';
import type { PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { isolated } from '../../../ui/isolate.ts';
import { Section } from '../../../ui/section.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { ProblemList } from '../wizard/problems.tsx';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import { PlaceForAll } from './common-answers.tsx';
import classes from './place.module.css';
import { type PartProps, RackPlace } from './rack-place.tsx';

const fields = ['place', 'heightUnits', 'cables', 'vlans', 'addresses'];

/** Where each machine stands, what it is plugged into, and which addresses it has. */
export function PlaceStep({ draft }: StepProps) {
  const { onboarding } = useApp();
  const resource = onboarding.offers(draft.id);
  const state = useResource(resource);
  return (
    <StepFrame
      draft={draft}
      step="place"
      lead="What is free is offered; what LLDP told of the cabling is proposed. All of it may be left open."
    >
      {state.status === 'loading' && <Skeleton label="Looking for what is free" lines={6} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && <PlaceForAll draft={draft} offers={state.data} />}
      {state.status === 'ready' &&
        draft.machines.map((machine) => {
          const offer = state.data.offers.find(({ machineId }) => machineId === machine.id);
          return (
            <Section key={machine.id} title={<bdi>{nameOf(machine)}</bdi>}>
              <ProblemList
                problems={state.data.conflicts.filter(
                  ({ machineId, field }) => machineId === machine.id && fields.includes(field),
                )}
              />
              {offer && <Place draft={draft} machine={machine} offer={offer} />}
            </Section>
          );
        })}
    </StepFrame>
  );
}

interface PlaceProps {
  readonly draft: Draft;
  readonly machine: DraftMachine;
  readonly offer: PlacementOffer;
}

function Place({ draft, machine, offer }: PlaceProps) {
  const { onboarding } = useApp();
  const answer: PartProps['onAnswer'] = (answers) =>
    void onboarding.change(draft, { kind: 'machine', machineId: machine.id, answers });
  return (
    <div className={classes.parts}>
      <RackPlace machine={machine} offer={offer} onAnswer={answer} />
      <div className={classes.network}>
        <Ports machine={machine} offer={offer} onAnswer={answer} />
        <Vlans machine={machine} offer={offer} onAnswer={answer} />
        <Addresses machine={machine} offer={offer} onAnswer={answer} />
      </div>
    </div>
  );
}

function Ports({ machine, offer, onAnswer }: PartProps) {
  const { cables } = machine.answers;
  const same = (a: CableAnswer, b: CableAnswer) =>
    a.interface === b.interface && a.socketId === b.socketId;
  return (
    <Offered
      title="Cables"
      empty="No switch port is known by LLDP. Cables can be added later under Racks."
      options={offer.ports.map(({ cable, deviceName, portName, why, taken }) => ({
        key: `${cable.interface} ${cable.socketId}`,
        label: `${isolated(cable.interface)} to ${isolated(deviceName)}, ${isolated(portName)}`,
        says: taken === null ? why : `${why} Taken by ${taken}.`,
        on: cables.some((each) => same(each, cable)),
        set: (on: boolean) =>
          onAnswer({
            cables: [
              ...cables.filter((each) => each.interface !== cable.interface),
              ...(on ? [cable] : []),
            ],
          }),
      }))}
    />
  );
}

function Vlans({ machine, offer, onAnswer }: PartProps) {
  const { vlans } = machine.answers;
  const same = (a: VlanAnswer, b: VlanAnswer) =>
    a.interface === b.interface && a.vlanId === b.vlanId;
  return (
    <Offered
      title="VLANs"
      empty="No VLAN is declared on the ports that it hangs on."
      options={offer.vlans.map(({ name, why, ...vlan }) => ({
        key: `${vlan.interface} ${vlan.vlanId}`,
        label: `${isolated(vlan.interface)}: ${isolated(name)}, ${vlan.tagged ? 'tagged' : 'untagged'}`,
        says: why,
        on: vlans.some((each) => same(each, vlan)),
        set: (on: boolean) =>
          onAnswer({
            vlans: [...vlans.filter((each) => !same(each, vlan)), ...(on ? [vlan] : [])],
          }),
      }))}
    />
  );
}

function Addresses({ machine, offer, onAnswer }: PartProps) {
  const { addresses } = machine.answers;
  const same = (a: AddressAnswer, b: AddressAnswer) =>
    a.interface === b.interface && a.address === b.address;
  return (
    <Offered
      title="Addresses"
      empty="No prefix is declared to take an address from; it keeps the address that it has."
      options={offer.addresses.map(({ prefix: _, vlan, why, ...address }) => ({
        key: `${address.interface} ${address.address}`,
        label: `${isolated(address.interface)}: ${address.address}${vlan === null ? '' : ` in ${isolated(vlan)}`}`,
        says: why,
        on: addresses.some((each) => same(each, address)),
        set: (on: boolean) =>
          onAnswer({
            addresses: [
              ...addresses.filter((each) => !same(each, address)),
              ...(on ? [address] : []),
            ],
          }),
        more: addresses.some((each) => same(each, address)) && (
          <Checkbox
            size="xs"
            label="Write it on the machine"
            description="Else it is only documented. A change that cuts the machine off takes itself back within a minute."
            checked={addresses.find((each) => same(each, address))?.set ?? false}
            onChange={(event) =>
              onAnswer({
                addresses: addresses.map((each) =>
                  same(each, address) ? { ...each, set: event.currentTarget.checked } : each,
                ),
              })
            }
          />
        ),
      }))}
    />
  );
}

interface OfferedProps {
  readonly title: string;
  readonly empty: string;
  readonly options: readonly {
    readonly key: string;
    readonly label: string;
    readonly says: string;
    readonly on: boolean;
    readonly set: (on: boolean) => void;
    readonly more?: React.ReactNode;
  }[];
}

function Offered({ title, empty, options }: OfferedProps) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.legend}>{title}</legend>
      {options.length === 0 && <p className={classes.quiet}>{empty}</p>}
      {options.map(({ key, label, says, on, set, more }) => (
        <div key={key} className={classes.option}>
          <Checkbox
            label={label}
            description={says}
            checked={on}
            onChange={(event) => set(event.currentTarget.checked)}
          />
          {more && <div className={classes.more}>{more}</div>}
        </div>
      ))}
    </fieldset>
  );
}
