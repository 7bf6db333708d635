import { IconArrowsLeftRight } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../../../app/app-context.ts';
import { formatRoute } from '../../../../app/routes.ts';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { ErrorState } from '../../../../ui/error-state.tsx';
import { PageHeader } from '../../../../ui/page.tsx';
import { Section } from '../../../../ui/section.tsx';
import { Skeleton } from '../../../../ui/skeleton.tsx';
import { objectRoute } from '../../cluster-links.tsx';
import classes from '../pods.module.css';
import { stateWords } from '../terminal/terminal-words.ts';
import { ForwardTable } from './forward-table.tsx';

/** What stands between this computer and clusters: forwarded ports, and shells of this window. */
export function ConnectionsScreen() {
  const { forwards, terminals } = useApp().cluster.pods;
  useEffect(() => forwards.look(), [forwards]);
  const { forwards: ports, failure } = useStore(forwards.store);
  const shells = useStore(terminals.store, (state) => state.terminals);
  const none = ports?.length === 0 && shells.length === 0;
  return (
    <>
      <PageHeader takesFocus title="Ports and terminals" />
      {failure !== null && <ErrorState error={failure} onRetry={forwards.again} />}
      {failure === null && ports === null && (
        <Skeleton label="Reading which ports are forwarded" lines={4} />
      )}
      {failure === null && none && (
        <EmptyState icon={IconArrowsLeftRight} title="Nothing stands open">
          A port is forwarded on the page of a pod, a workload or a service, and a shell opened on
          that of a pod.
        </EmptyState>
      )}
      {failure === null && !none && (
        <div className={classes.scrolls}>
          <div className={classes.parts}>
            {ports !== null && ports.length > 0 && (
              <Section title="Forwarded ports">
                <ForwardTable forwards={ports} />
              </Section>
            )}
            {shells.length > 0 && (
              <Section title="Terminals of this window">
                <ul className={classes.fields}>
                  {shells.map((shell) => (
                    <li key={shell.key}>
                      <a
                        href={formatRoute({
                          ...objectRoute({
                            context: shell.place.contextId,
                            kind: 'pods',
                            namespace: shell.place.namespace,
                            name: shell.place.pod,
                          }),
                          tab: 'terminal',
                        })}
                      >
                        <bdi>{shell.place.pod}</bdi>
                      </a>
                      {': '}
                      {stateWords(shell)}
                    </li>
                  ))}
                </ul>
              </Section>
            )}
          </div>
        </div>
      )}
    </>
  );
}
