import { IconAlertTriangle, IconHandStop, IconInfoCircle } from '@tabler/icons-react';
import type { DrainPreview } from '../../../../shared/cluster/drain/drain-preview.ts';
import type { DrainFinding } from '../../../../shared/cluster/drain/finding.ts';
import { formatRoute } from '../../../app/routes.ts';
import { Section } from '../../../ui/section.tsx';
import { objectRoute } from '../cluster-links.tsx';
import classes from './drain.module.css';
import { type FindingGroup, findingTitles, groupFindings, stopHints } from './drain-words.ts';

const weights = [
  { weight: 'stop', title: 'This stops it' },
  { weight: 'warning', title: 'To know before' },
  { weight: 'info', title: 'Also' },
] as const;

interface DrainFindingsProps {
  readonly context: string;
  readonly preview: DrainPreview;
}

/** What was found, what stops it first, by what it is about. */
export function DrainFindings({
  context,
  preview: { findings, findingsTotal },
}: DrainFindingsProps) {
  const more = findingsTotal - findings.length;
  return (
    <>
      {weights.map(({ weight, title }) => {
        const groups = groupFindings(findings.filter((each) => each.weight === weight));
        return groups.length === 0 ? null : (
          <Section key={weight} title={title}>
            <div className={classes.groups}>
              {groups.map((group) => (
                <Group key={group.kind} context={context} group={group} weight={weight} />
              ))}
            </div>
          </Section>
        );
      })}
      {more > 0 && <p className={classes.quiet}>{`And ${more.toLocaleString('en')} more.`}</p>}
      {findings.length === 0 && (
        <p className={classes.quiet}>
          Nothing is in the way, nothing is lost, and all of it has a place.
        </p>
      )}
    </>
  );
}

interface GroupProps {
  readonly context: string;
  readonly group: FindingGroup;
  readonly weight: DrainFinding['weight'];
}

const marks = {
  stop: { icon: IconHandStop, word: 'Stops it: ' },
  warning: { icon: IconAlertTriangle, word: 'Warning: ' },
  info: { icon: IconInfoCircle, word: '' },
} as const;

function Group({ context, group: { kind, findings }, weight }: GroupProps) {
  const { icon: Mark, word } = marks[weight];
  const hint = weight === 'stop' ? stopHints[kind] : undefined;
  return (
    <div className={classes.group} data-weight={weight}>
      <Mark aria-hidden className={classes.mark} />
      <div className={classes.groupBody}>
        <h3 className={classes.groupTitle}>
          {word !== '' && <span className="rh-hidden">{word}</span>}
          {findingTitles[kind]}
        </h3>
        <ul className={classes.findings}>
          {findings.map((finding) => (
            <li key={finding.says}>
              <Says context={context} finding={finding} />
            </li>
          ))}
        </ul>
        {hint !== undefined && <p className={classes.hint}>{hint}</p>}
      </div>
    </div>
  );
}

/** The sentence begins with the pod, which leads to its page. */
function Says({
  context,
  finding: { pod, says },
}: Omit<GroupProps, 'group' | 'weight'> & { readonly finding: DrainFinding }) {
  const called = pod === null ? null : `${pod.namespace}/${pod.name}`;
  if (pod === null || called === null || !says.startsWith(called)) return <bdi>{says}</bdi>;
  return (
    <>
      <a
        className={classes.link}
        href={formatRoute(objectRoute({ context, kind: 'pods', ...pod }))}
      >
        <bdi>{called}</bdi>
      </a>
      <bdi>{says.slice(called.length)}</bdi>
    </>
  );
}
