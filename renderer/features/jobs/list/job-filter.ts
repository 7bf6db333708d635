import { jobKind } from '../../../../shared/jobs/job.ts';
import { type JobStateName, jobStateNames } from '../../../../shared/jobs/job-state.ts';
import { id } from '../../../../shared/model/inventory.ts';

/** What the list of jobs is narrowed to; it stands in the URL. */
export interface JobFilter {
  readonly search: string;
  readonly states: readonly JobStateName[];
  readonly kinds: readonly string[];
  readonly deviceId: string | null;
}

export const everyJob: JobFilter = { search: '', states: [], kinds: [], deviceId: null };

/** What the filter offers: several states of the engine are one to a person. */
export const stateGroups = [
  { value: 'wants', label: 'Waits for you', states: ['asking', 'waiting', 'interrupted'] },
  { value: 'runs', label: 'Under way', states: ['queued', 'running', 'undoing'] },
  { value: 'failed', label: 'Failed', states: ['failed', 'undo-failed'] },
  { value: 'done', label: 'Done', states: ['done'] },
  { value: 'ended', label: 'Cancelled, undone or left', states: ['cancelled', 'undone', 'left'] },
] as const satisfies readonly {
  value: string;
  label: string;
  states: readonly JobStateName[];
}[];

/** The groups of which every state is chosen. */
export function chosenGroups(states: readonly JobStateName[]): string[] {
  return stateGroups
    .filter((group) => group.states.every((state) => states.includes(state)))
    .map(({ value }) => value);
}

export function statesOf(groups: readonly string[]): JobStateName[] {
  return stateGroups.flatMap(({ value, states }) => (groups.includes(value) ? states : []));
}

const mostKinds = 20;

/** Reads a hash query; what it does not know it leaves out, so that an old link still opens. */
export function parseJobFilter(query: string): JobFilter {
  const params = new URLSearchParams(query);
  return {
    search: (params.get('search') ?? '').slice(0, 200),
    states: jobStateNames.filter((each) => params.getAll('state').includes(each)),
    kinds: [...new Set(params.getAll('kind'))]
      .filter((kind) => jobKind.safeParse(kind).success)
      .slice(0, mostKinds),
    deviceId: id.safeParse(params.get('device')).data ?? null,
  };
}

/** The shortest query that `parseJobFilter` reads back as the same. */
export function formatJobFilter({ search, states, kinds, deviceId }: JobFilter): string {
  const params = new URLSearchParams();
  if (search !== '') params.set('search', search);
  for (const state of states) params.append('state', state);
  for (const kind of kinds) params.append('kind', kind);
  if (deviceId !== null) params.set('device', deviceId);
  return params.toString();
}

export function isNarrowed(filter: JobFilter): boolean {
  return formatJobFilter(filter) !== '';
}
