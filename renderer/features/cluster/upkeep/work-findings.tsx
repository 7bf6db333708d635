import type { UpkeepPlan } from '../../../../shared/cluster/upkeep/upkeep-work.ts';
import { findingWeights, WeighedFindings } from '../findings/weighed-findings.tsx';
import classes from './upkeep.module.css';

/** What was found, what stops it first. */
export function WorkFindings({ plan: { findings, findingsTotal } }: { readonly plan: UpkeepPlan }) {
  const more = findingsTotal - findings.length;
  return (
    <>
      {findingWeights.map(({ weight, title }) => {
        const some = findings.filter((one) => one.weight === weight);
        return some.length === 0 ? null : (
          <section key={weight} aria-label={title}>
            <WeighedFindings weight={weight} title={title}>
              {some.map(({ says }) => (
                <li key={says}>
                  <bdi>{says}</bdi>
                </li>
              ))}
            </WeighedFindings>
          </section>
        );
      })}
      {more > 0 && <p className={classes.quiet}>{`And ${more.toLocaleString('en')} more.`}</p>}
    </>
  );
}
