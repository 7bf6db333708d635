import { Checkbox, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import type { ScannablePrefix } from '../../../../shared/onboarding/finding.ts';
import { scanRate } from '../../../../shared/onboarding/finding.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout, type ErrorText } from '../../../ui/error-state.tsx';
import { FoldedSection } from '../../../ui/folded-section.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { Meter } from '../../../ui/meter.tsx';
import classes from '../connect/machines.module.css';
import type { Leases } from '../onboarding-store.ts';
import { type FoundMachine, FoundTable } from './found-table.tsx';
import { useAddMachines } from './use-add-machines.ts';

interface SourceProps {
  readonly draft: Draft;
}

/** Where machines can be found without typing. */
export function FoundSources({ draft }: SourceProps) {
  return (
    <div>
      <FromConfiguration draft={draft} />
      <FromLeases draft={draft} />
      <FromScan draft={draft} />
    </div>
  );
}

function FromConfiguration({ draft }: SourceProps) {
  const { onboarding } = useApp();
  const state = useResource(onboarding.configuredHosts);
  const add = useAddMachines(draft);
  if (state.status !== 'ready') return null;
  const { hosts, total } = state.data;
  return (
    <FoldedSection title="From the ssh configuration" note={formatCount(total, 'host')}>
      <FoundTable
        label="Hosts of the ssh configuration"
        draft={draft}
        machines={hosts.map(
          ({ name, device }): FoundMachine => ({ host: name, says: null, device }),
        )}
        more={total - hosts.length}
        empty="The ssh configuration of this computer names no host."
        onTake={(hosts) =>
          void add(hosts.map((host) => ({ target: { host }, foundBy: 'ssh-config' })))
        }
      />
    </FoldedSection>
  );
}

function FromLeases({ draft }: SourceProps) {
  const { onboarding } = useApp();
  const add = useAddMachines(draft);
  const [path, setPath] = useState('');
  const [text, setText] = useState('');
  const [read, setRead] = useState<Leases | null>(null);
  const [failure, setFailure] = useState<ErrorText | null>(null);
  const [busy, setBusy] = useState(false);
  const look = async () => {
    setBusy(true);
    const outcome = await onboarding.leases(text.trim() === '' ? { path: path.trim() } : { text });
    setBusy(false);
    setRead(outcome.ok ? outcome.value : null);
    setFailure(outcome.ok ? null : outcome.failure);
  };
  return (
    <FoldedSection title="From DHCP leases">
      <form
        className={classes.source}
        onSubmit={(event) => {
          event.preventDefault();
          void look();
        }}
      >
        <TextInput
          label="Lease file on this computer"
          description="Of dnsmasq, ISC dhcpd, Kea, systemd-networkd or OpenWrt."
          placeholder="/var/lib/misc/dnsmasq.leases"
          value={path}
          spellCheck={false}
          classNames={{ input: 'rh-mono' }}
          onChange={(event) => setPath(event.currentTarget.value)}
        />
        <Textarea
          label="Or its text, pasted"
          value={text}
          autosize
          minRows={2}
          maxRows={8}
          spellCheck={false}
          classNames={{ input: 'rh-mono' }}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <div>
          <Button type="submit" busy={busy} disabled={path.trim() === '' && text.trim() === ''}>
            Read the leases
          </Button>
        </div>
      </form>
      {failure && (
        <Callout tone="danger" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      {read && (
        <>
          {read.lostCount > 0 && (
            <Callout
              tone="warn"
              title={`${formatCount(read.lostCount, 'line')} could not be read.`}
            >
              {read.lost.map(({ line, why }) => `Line ${line}: ${why}`).join(' ')}
            </Callout>
          )}
          <FoundTable
            label="Leases"
            draft={draft}
            machines={read.leases.map(({ address, name, mac, expired, device }) => ({
              host: address,
              says: [name, mac, expired ? 'expired' : null].filter(Boolean).join(' · ') || null,
              device,
            }))}
            more={read.total - read.leases.length}
            empty="There is no lease in it."
            onTake={(hosts) =>
              void add(hosts.map((host) => ({ target: { host }, foundBy: 'lease' })))
            }
          />
        </>
      )}
    </FoldedSection>
  );
}

function FromScan({ draft }: SourceProps) {
  const { onboarding } = useApp();
  const state = useResource(onboarding.scannable);
  if (state.status !== 'ready') return null;
  const prefixes = state.data;
  return (
    <FoldedSection title="Scan of a management prefix">
      {prefixes.length === 0 ? (
        <p className={classes.quiet}>
          No prefix of a management VLAN is declared. Add one under Networks to look through it.
        </p>
      ) : (
        <Scan draft={draft} prefixes={prefixes} />
      )}
    </FoldedSection>
  );
}

function Scan({
  draft,
  prefixes,
}: SourceProps & { readonly prefixes: readonly ScannablePrefix[] }) {
  const { onboarding } = useApp();
  const add = useAddMachines(draft);
  const scan = useStore(onboarding.store, (state) => state.scan);
  const [consent, setConsent] = useState(false);
  const running = scan?.state === 'running';
  return (
    <div className={classes.source}>
      <p className={classes.quiet}>
        {`Port 22 of each address is tried once, ${scanRate} addresses in a second at most. Whoever watches this network may take it for a scan.`}
      </p>
      <Checkbox
        label="This is my network, and it may be looked through"
        checked={consent}
        onChange={(event) => setConsent(event.currentTarget.checked)}
      />
      <ul className={classes.list}>
        {prefixes.map(({ id, prefix, vlan, hosts, refused }) => (
          <li key={id} className={classes.line}>
            <span>
              <bdi className="rh-mono">{prefix}</bdi>
              {vlan !== null && <span className={classes.quiet}>{` · ${vlan}`}</span>}
            </span>
            <span className={classes.quiet}>
              {refused ?? formatCount(hosts, 'address', 'addresses')}
            </span>
            <Button
              label={`Scan ${prefix}`}
              disabled={!consent || refused !== null || running}
              onClick={() => void onboarding.beginScan(id)}
            >
              Scan
            </Button>
          </li>
        ))}
      </ul>
      {scan?.state === 'running' && (
        <div className={classes.scanning}>
          <Meter
            calm
            label="How far the scan is"
            share={scan.total === 0 ? 0 : scan.done / scan.total}
            text={`${scan.done} of ${scan.total}`}
          />
          <Button onClick={onboarding.endScan}>Stop</Button>
        </div>
      )}
      {scan?.failure && (
        <Callout tone="danger" title={scan.failure.message}>
          {scan.failure.hint}
        </Callout>
      )}
      {scan && (
        <FoundTable
          label="Found by the scan"
          draft={draft}
          machines={scan.found.map(({ address, banner, device }) => ({
            host: address,
            says: banner,
            device,
          }))}
          more={0}
          empty={running ? 'Nothing answered yet.' : 'Nothing answered on port 22.'}
          onTake={(hosts) => void add(hosts.map((host) => ({ target: { host }, foundBy: 'scan' })))}
        />
      )}
    </div>
  );
}
