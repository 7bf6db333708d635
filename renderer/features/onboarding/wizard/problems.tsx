import type { Draft } from '../../../../shared/onboarding/draft.ts';
import type { Conflict } from '../../../../shared/onboarding/offers.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Callout } from '../../../ui/error-state.tsx';

interface ProblemsProps {
  readonly draft: Draft;
  readonly machineId: string;
  /** Of the answers. */
  readonly fields: readonly string[];
}

/** What speaks against these answers, as the inventory stands. */
export function Problems({ draft, machineId, fields }: ProblemsProps) {
  const { onboarding } = useApp();
  const state = useResource(onboarding.offers(draft.id));
  if (state.status !== 'ready') return null;
  const own = state.data.conflicts.filter(
    (each) => each.machineId === machineId && fields.includes(each.field),
  );
  return <ProblemList problems={own} />;
}

export function ProblemList({ problems }: { readonly problems: readonly Conflict[] }) {
  return problems.map(({ machineId, field, weight, text }) => (
    <Callout
      key={`${machineId} ${field} ${text}`}
      tone={weight === 'blocks' ? 'danger' : 'warn'}
      title={text}
    />
  ));
}
