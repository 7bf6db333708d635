import type { DrainPreview } from '../../../../shared/cluster/drain/drain-preview.ts';
import type { DrainFinding } from '../../../../shared/cluster/drain/finding.ts';
import { formatRoute } from '../../../app/routes.ts';
import { Section } from '../../../ui/section.tsx';
import { objectRoute } from '../cluster-links.tsx';
import { findingWeights, WeighedFindings } from '../findings/weighed-findings.tsx';
import classes from './drain.module.css';
import { type FindingGroup, findingTitles, groupFindings, stopHints } from './drain-words.ts';

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
      {findingWeights.map(({ weight, title }) => {
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

/** Said where the sign cannot be seen. */
const words = { stop: 'Stops it: ', warning: 'Warning: ', info: '' };

function Group({ context, group: { kind, findings }, weight }: GroupProps) {
  const word = words[weight];
  return (
    <WeighedFindings
      weight={weight}
      title={
        <>
          {word !== '' && <span className="rh-hidden">{word}</span>}
          {findingTitles[kind]}
        </>
      }
      hint={weight === 'stop' ? stopHints[kind] : undefined}
    >
      {findings.map((finding) => (
        <li key={finding.says}>
          <Says context={context} finding={finding} />
        </li>
      ))}
    </WeighedFindings>
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
