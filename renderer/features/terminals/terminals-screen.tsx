import { PageHeader } from '../../ui/page.tsx';
import { TerminalsPanel } from './terminals-panel.tsx';

/** All terminals with the whole window for them. */
export function TerminalsScreen() {
  return (
    <>
      <PageHeader title="Terminals" />
      <TerminalsPanel />
    </>
  );
}
