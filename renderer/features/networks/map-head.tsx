import { IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { AddressMap } from '../../../shared/model/networks.ts';
import { parsePrefix } from '../../../shared/network/prefix.ts';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Meter } from '../../ui/meter.tsx';
import { PrefixLink, VlanLink } from '../links/thing-links.tsx';
import classes from './address-map.module.css';
import { isCountable, shareOf, takenText } from './network-words.ts';
import { VlanChip } from './vlan-chip.tsx';

/** What the prefix is, how full it is, and the next address that is free. */
export function MapHead({ map }: { readonly map: AddressMap }) {
  const { prefix, declared, use, inner, innerCount, next } = map;
  return (
    <div className={classes.head}>
      <dl className={classes.facts}>
        {declared?.vlan && (
          <Fact label="VLAN">
            <VlanChip number={declared.vlan.number} traffic={declared.vlan.traffic} />{' '}
            <VlanLink number={declared.vlan.number} name={declared.vlan.name} />
          </Fact>
        )}
        {declared?.gateway && (
          <Fact label="Gateway">
            <CopyText text={declared.gateway} />
          </Fact>
        )}
        <Fact label="In use">
          {isCountable(use) ? (
            <Meter label="In use" share={shareOf(use)} text={takenText(use)} />
          ) : (
            takenText(use)
          )}
        </Fact>
        {declared?.purpose && (
          <Fact label="Purpose">
            <bdi>{declared.purpose}</bdi>
          </Fact>
        )}
        {innerCount > 0 && (
          <Fact label="Prefixes in it">
            {inner.slice(0, 4).map((one) => (
              <span key={one.id} className={`${classes.inner} rh-mono`}>
                <PrefixLink prefix={one.prefix} />
              </span>
            ))}
            {innerCount > 4 && `and ${innerCount - 4} more`}
          </Fact>
        )}
      </dl>
      <NextFree prefix={prefix} next={next} />
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function NextFree({ prefix, next }: Pick<AddressMap, 'prefix' | 'next'>) {
  const { dialogs } = useApp();
  const length = parsePrefix(prefix)?.length;
  if (next === null) return <p className={classes.next}>No address is free.</p>;
  return (
    <div className={classes.next}>
      <span>
        Next free: <CopyText text={next} />
      </span>
      <Button
        tone="primary"
        icon={IconPlus}
        onClick={() =>
          dialogs.setState(
            {
              kind: 'add-record',
              record: 'address',
              values: { address: `${next}/${length ?? 32}`, role: 'host' },
            },
            true,
          )
        }
      >
        Give it to an interface
      </Button>
    </div>
  );
}
