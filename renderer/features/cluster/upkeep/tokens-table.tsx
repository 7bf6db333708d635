import { IconKey, IconPlus, IconTrash } from '@tabler/icons-react';
import type { UpkeepOverview } from '../../../../shared/cluster/upkeep/upkeep-overview.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Button } from '../../../ui/button.tsx';
import { formatDateTime } from '../../../ui/formatting.ts';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { Section } from '../../../ui/section.tsx';
import classes from './upkeep.module.css';

interface TokensTableProps {
  readonly overview: UpkeepOverview;
  readonly onCreate: () => void;
  readonly onDelete: (id: string) => void;
  readonly onRotate: () => void;
}

/** Tokens that agents may join with, by age and end, and what is done about them and that of the servers. */
export function TokensTable({ overview, onCreate, onDelete, onRotate }: TokensTableProps) {
  const { tokens, noTokens, readAt, datastore } = overview;
  return (
    <Section title="Tokens for agents" note="beside the token of the servers, which never ends">
      {noTokens !== null && <p className={classes.quiet}>{noTokens}</p>}
      {noTokens === null && tokens.length === 0 && (
        <p className={classes.quiet}>There is none that would let an agent join.</p>
      )}
      {tokens.length > 0 && (
        <PlainTable
          label="Tokens for agents"
          columns={[
            { title: 'Id' },
            { title: 'For' },
            { title: 'Made' },
            { title: 'Ends' },
            { title: 'Work', quiet: true, align: 'end' },
          ]}
          rows={tokens.map(({ id, description, createdAt, expiresAt }) => [
            <code key="id">{id}</code>,
            <bdi key="for">{description}</bdi>,
            <span key="made" className={classes.whole}>
              {createdAt === null ? 'not told' : <Ago at={createdAt} />}
            </span>,
            <span key="ends" className={classes.whole}>
              {endText(expiresAt, readAt)}
            </span>,
            <span key="work" className={classes.rowAction}>
              <Button
                tone="quiet"
                icon={IconTrash}
                label={`Delete the token ${id}`}
                onClick={() => onDelete(id)}
              >
                Delete
              </Button>
            </span>,
          ])}
        />
      )}
      {datastore !== 'no-k3s' && (
        <div className={classes.acts}>
          <Button icon={IconPlus} onClick={onCreate}>
            Add a token
          </Button>
          <Button icon={IconKey} onClick={onRotate}>
            Rotate the token of the servers
          </Button>
        </div>
      )}
    </Section>
  );
}

function endText(expiresAt: number | null, readAt: number): string {
  if (expiresAt === null) return 'never';
  const at = formatDateTime(expiresAt);
  return expiresAt < readAt ? `has ended, ${at}` : at;
}
