import type { Proposal } from '../../../shared/model/proposals.ts';
import { ActionButton } from '../../app/actions/action-button.tsx';
import { Ago } from '../../ui/ago.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { formatCount } from '../../ui/formatting.ts';
import inspector from '../inspector/inspector.module.css';
import { DeviceLink } from '../links/thing-links.tsx';
import { proposedText } from './proposal-words.tsx';
import classes from './proposals.module.css';

/** A proposal in the inspector: what it would make, and all that speaks for it. */
export function ProposalSummary({ proposal }: { readonly proposal: Proposal }) {
  const { name, proposed, seen, devices, state } = proposal;
  return (
    <div className={inspector.panel}>
      <h2 className={inspector.title}>
        <bdi>{name}</bdi>
      </h2>
      <p className={inspector.subtitle}>Seen on the machines, not declared.</p>
      <div className={inspector.actions}>
        {state === 'open' ? (
          <>
            <ActionButton id="accept-proposals" tone="primary" />
            <ActionButton id="dismiss-proposals" />
          </>
        ) : (
          <ActionButton id="restore-proposals" tone="primary" />
        )}
      </div>
      <FieldList>
        <Field label="Becomes">{proposedText(proposal)}</Field>
        {proposed.kind === 'service' && proposed.url !== null && (
          <Field label="Address">
            <CopyText text={proposed.url} />
          </Field>
        )}
        {proposal.local && <Field label="Reach">this machine only</Field>}
      </FieldList>
      <section className={inspector.part}>
        <h3 className={inspector.partTitle}>Seen on {formatCount(devices, 'device')}</h3>
        {seen.map(({ deviceId, deviceName, at, evidence }) => (
          <div key={deviceId} className={classes.device}>
            <DeviceLink id={deviceId} name={deviceName} />{' '}
            <span className={classes.quiet}>
              <Ago at={at} />
            </span>
            <ul>
              {evidence.map((line) => (
                <li key={line}>
                  <bdi>{line}</bdi>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {devices > seen.length && (
          <p className={classes.quiet}>and on {devices - seen.length} more.</p>
        )}
      </section>
    </div>
  );
}
