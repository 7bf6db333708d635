import type { Finding } from '../../../shared/model/lint.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { Section } from '../../ui/section.tsx';
import { LinkList, RecordLink } from '../links/thing-links.tsx';
import classes from './lint.module.css';
import { SeverityBadge } from './severity-badge.tsx';

interface FindingListProps {
  readonly findings: readonly Finding[];
  /** The thing on whose page they stand; it need not be named. */
  readonly on?: string;
  readonly onSilence?: (finding: Finding) => void;
}

export function FindingList({ findings, on, onSilence }: FindingListProps) {
  return (
    <ul className={classes.list}>
      {findings.map((finding) => {
        const others = finding.subjects.filter(({ id }) => id !== on);
        return (
          <li key={finding.key} className={classes.entry}>
            <SeverityBadge severity={finding.severity} />
            <div>
              <p className={classes.text}>
                <bdi>{finding.message}</bdi>
              </p>
              <p className={classes.hint}>{finding.hint}</p>
              {on !== undefined && others.length > 0 && (
                <LinkList>
                  {others.map(({ kind, id, name }) => (
                    <RecordLink key={id} kind={kind} id={id} name={name} />
                  ))}
                </LinkList>
              )}
            </div>
            {onSilence && (
              <Button tone="quiet" onClick={() => onSilence(finding)}>
                Silence
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** On the page of a thing: what contradicts itself in it or in what belongs to it. None: nothing. */
export function FindingsOf({ id }: { readonly id: string }) {
  const { lint, dialogs } = useApp();
  const state = useResource(lint.of(id));
  // Beside a page that says of itself when nothing can be read.
  if (state.status !== 'ready') return null;
  const findings = state.data.filter(({ silenced }) => silenced === null);
  if (findings.length === 0) return null;
  return (
    <div className={classes.onPage}>
      <Section title="Findings" note={findings.length.toLocaleString('en')}>
        <FindingList
          findings={findings}
          on={id}
          onSilence={({ key }) => dialogs.setState({ kind: 'silence-findings', keys: [key] }, true)}
        />
      </Section>
    </div>
  );
}
