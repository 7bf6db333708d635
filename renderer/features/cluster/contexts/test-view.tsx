import { IconAlertTriangle, IconCheck, IconHelpCircle } from '@tabler/icons-react';
import type { ContextTest, KindPermissions } from '../../../../shared/cluster/contexts.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { FoldedSection } from '../../../ui/folded-section.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { ContextNotes } from './context-note.tsx';
import classes from './contexts.module.css';

/** What trying a context found. */
export function TestView({ test }: { readonly test: ContextTest | null }) {
  if (test === null) {
    return (
      <StatusBadge tone="neutral" icon={IconHelpCircle} plain>
        Not tested yet
      </StatusBadge>
    );
  }
  const { failure, version, who, way, at } = test;
  return (
    <div className={classes.test}>
      <p className={classes.testHead}>
        {failure === null ? (
          <StatusBadge tone="ok" icon={IconCheck} plain>
            Works
          </StatusBadge>
        ) : (
          <StatusBadge tone="danger" icon={IconAlertTriangle} plain>
            Does not work
          </StatusBadge>
        )}
        <span className={classes.quiet}>
          tested <Ago at={at} />
          {version !== null && `, Kubernetes ${version}`}
          {who !== null && (
            <>
              , as <bdi>{who.user}</bdi>
            </>
          )}
        </span>
      </p>
      {way !== '' && (
        <p className={classes.quiet}>
          <bdi>{way}</bdi>
        </p>
      )}
      {failure !== null && (
        <Callout tone="warn" title={failure.message}>
          {failure.hint}
        </Callout>
      )}
      <ContextNotes warnings={test.warnings} certificates={test.certificates} />
      {test.permissions.length > 0 && <Permissions permissions={test.permissions} />}
    </div>
  );
}

const columns = [{ title: 'Kind' }, { title: 'May' }, { title: 'May not' }] as const;

function Permissions({ permissions }: { readonly permissions: readonly KindPermissions[] }) {
  const limited = permissions.filter(({ denied }) => denied.length > 0).length;
  return (
    <FoldedSection
      title="What you may do"
      note={limited === 0 ? 'everything that Rackhelm does' : `limited on ${limited} kinds`}
    >
      <PlainTable
        label="What you may do"
        columns={columns}
        rows={permissions.map(({ resource, namespace, allowed, denied }) => [
          <span key="kind">
            {resource}
            {namespace !== null && (
              <>
                {' '}
                in <bdi>{namespace}</bdi>
              </>
            )}
          </span>,
          allowed.join(', '),
          denied.join(', '),
        ])}
      />
    </FoldedSection>
  );
}
