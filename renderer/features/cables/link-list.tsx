import {
  IconArrowsExchange,
  IconCheck,
  IconCircleCheck,
  IconEye,
  IconX,
} from '@tabler/icons-react';
import type { CableLink, LinkState } from '../../../shared/contract/cabling.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { PageBody, Toolbar } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import classes from './cables.module.css';

const nothing: Readonly<Record<LinkState, { readonly title: string; readonly text: string }>> = {
  missing: {
    title: 'No cable is missing',
    text: 'Where two machines tell over LLDP that they are connected and no cable says so, it is proposed here.',
  },
  doubtful: {
    title: 'No cable is in doubt',
    text: 'A cable that LLDP contradicts stands here, with both sides shown.',
  },
  dismissed: { title: 'Nothing was dismissed', text: 'What you dismiss can be brought back here.' },
};

/** Where LLDP and the documented cables do not agree. Nothing here acts by itself. */
export function CableLinks({ state }: { readonly state: LinkState }) {
  const { cables } = useApp();
  const resource = cables.links(state);
  const list = useResource(resource);
  if (list.status === 'loading') return <Skeleton label="Reading what LLDP tells" lines={6} />;
  if (list.status === 'failed') {
    return <ErrorState error={list.failure} onRetry={() => void resource.reload()} />;
  }
  const { rows, total } = list.data;
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={state === 'dismissed' ? IconEye : IconCircleCheck}
        title={nothing[state].title}
      >
        {nothing[state].text}
      </EmptyState>
    );
  }
  const clear = rows.filter(({ unclear }) => unclear === null);
  return (
    <>
      {state !== 'dismissed' && clear.length > 1 && (
        <Toolbar label="All of these">
          <Button
            onClick={() => void cables.accept(clear)}
          >{`Accept all (${clear.length})`}</Button>
          {total > rows.length && (
            <span className={classes.quiet}>{`The first ${rows.length} of ${total}`}</span>
          )}
        </Toolbar>
      )}
      <PageBody>
        <ul className={classes.links}>
          {rows.map((link) => (
            <LinkCard key={link.key} link={link} />
          ))}
        </ul>
      </PageBody>
    </>
  );
}

function LinkCard({ link }: { readonly link: CableLink }) {
  const { a, b, evidence, documented, unclear, at } = link;
  return (
    <li className={classes.link}>
      <div className={classes.linkText}>
        <p className={classes.linkEnds}>
          <End end={a} />
          <IconArrowsExchange aria-label="connected to" className={classes.icon} />
          <End end={b} />
        </p>
        <dl className={classes.claims}>
          <dt>LLDP</dt>
          <dd>
            {evidence.map((one) => (
              <p key={one}>
                <bdi>{one}</bdi>
              </p>
            ))}
            <p className={classes.quiet}>
              Read <Ago at={at} />
            </p>
          </dd>
          {documented.length > 0 && (
            <>
              <dt>Documented</dt>
              <dd>
                {documented.map(({ cable, words }) => (
                  <p key={cable.id}>
                    <bdi>{words}</bdi>
                  </p>
                ))}
              </dd>
            </>
          )}
        </dl>
        {unclear !== null && <p className={classes.unclear}>{unclear}.</p>}
      </div>
      <LinkActions link={link} />
    </li>
  );
}

function End({ end }: { readonly end: CableLink['a'] }) {
  return (
    <span>
      <DeviceLink id={end.deviceId} name={end.deviceName} /> <bdi>{end.name}</bdi>
      {end.socketId === null && <span className={classes.quiet}> (will be declared)</span>}
    </span>
  );
}

function LinkActions({ link }: { readonly link: CableLink }) {
  const { cables } = useApp();
  if (link.state === 'dismissed') {
    return (
      <div className={classes.linkActions}>
        <Button onClick={() => void cables.restore([link])}>Bring back</Button>
      </div>
    );
  }
  const verb = link.state === 'doubtful' ? 'Move the cable' : 'Accept';
  return (
    <div className={classes.linkActions}>
      {link.unclear === null && (
        <Button icon={IconCheck} onClick={() => void cables.accept([link])}>
          {verb}
        </Button>
      )}
      <Button tone="quiet" icon={IconX} onClick={() => void cables.dismiss([link])}>
        Dismiss
      </Button>
    </div>
  );
}
