import { Checkbox, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatAddress } from '../../../shared/network/address.ts';
import { prefixesIn } from '../../../shared/network/free-prefixes.ts';
import { formatPrefix, type Prefix, parsePrefix } from '../../../shared/network/prefix.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { type Traffic, trafficWords } from './network-words.ts';
import classes from './networks.module.css';
import { VlanChip } from './vlan-chip.tsx';

const usual = [
  { number: 10, traffic: 'management', routed: true, mtu: null },
  { number: 20, traffic: 'storage', routed: false, mtu: 9_000 },
  { number: 30, traffic: 'ingress', routed: true, mtu: null },
  { number: 40, traffic: 'internal', routed: true, mtu: null },
] as const satisfies readonly { number: number; traffic: Traffic; routed: boolean; mtu: unknown }[];

/** Four VLANs with a /24 each out of one network, as one change. */
export function UsualVlansDialog({ onClose }: { readonly onClose: () => void }) {
  const { networks } = useApp();
  const [base, setBase] = useState('10.20.0.0/16');
  const [left, setLeft] = useState<readonly number[]>([]);
  const network = parsePrefix(base, { hostBits: 'clear' });
  const problem = problemOf(network);
  const planned = usual.map(({ number, traffic, routed, mtu }) => {
    const prefix = problem === null && network ? nth(network, number) : null;
    const gateway =
      prefix && routed ? formatAddress({ ...prefix, value: prefix.first + 1n }) : null;
    return { number, name: traffic, traffic, mtu, prefix: prefix && formatPrefix(prefix), gateway };
  });
  const wanted = planned.filter(({ number }) => !left.includes(number));

  async function submit(): Promise<Failure | null> {
    const outcome = await networks.addVlans(wanted);
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  return (
    <FormDialog
      title="Begin with the usual VLANs"
      submit="Add VLANs"
      disabled={problem !== null || wanted.length === 0}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.form}>
        <TextInput
          label="Their addresses come from"
          description="Each takes the /24 of its number"
          data-autofocus
          classNames={{ input: 'rh-mono' }}
          value={base}
          error={problem}
          onChange={(event) => setBase(event.currentTarget.value)}
        />
        <PlainTable
          label="VLANs that will be added"
          columns={[
            { title: 'Add' },
            { title: 'VLAN' },
            { title: 'For' },
            { title: 'Prefix' },
            { title: 'Gateway' },
          ]}
          rows={planned.map(({ number, name, traffic, prefix, gateway }) => [
            <Checkbox
              key={number}
              aria-label={`Add ${name}`}
              checked={!left.includes(number)}
              onChange={(event) =>
                setLeft(
                  event.currentTarget.checked
                    ? left.filter((one) => one !== number)
                    : [...left, number],
                )
              }
            />,
            <span key={number} className={classes.withIcon}>
              <VlanChip number={number} traffic={traffic} />
              {name}
            </span>,
            trafficWords[traffic].about,
            <span key={number} className="rh-mono">
              {prefix}
            </span>,
            <span key={number} className="rh-mono">
              {gateway ?? 'none'}
            </span>,
          ])}
        />
      </div>
    </FormDialog>
  );
}

/** There has to be a /24 with the number of the last. */
const widestUsed = 18;

function problemOf(network: Prefix | undefined): string | null {
  if (network === undefined) return 'Write a network such as 10.20.0.0/16.';
  if (network.family !== 4) return 'Write an IPv4 network; IPv6 prefixes are added to each VLAN.';
  return network.length > widestUsed ? `Write a larger one, /${widestUsed} at the least.` : null;
}

function nth(network: Prefix, number: number): Prefix | null {
  let index = 0;
  for (const prefix of prefixesIn(network, 24)) {
    if (index === number) return prefix;
    index += 1;
  }
  return null;
}
