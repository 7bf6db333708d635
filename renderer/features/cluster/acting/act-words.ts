import type { ClusterAction } from '../../../../shared/cluster/actions/action.ts';
import type { ActionDone } from '../../../../shared/cluster/actions/preview.ts';
import { formatCount } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { capital } from '../status-look.ts';

type Verb = ClusterAction['do'];

interface VerbWords {
  /** On the button. */
  readonly verb: string;
  /** Of several: `Restarted 3 deployments.` */
  readonly past: string;
}

export const verbWords: Readonly<Record<Verb, VerbWords>> = {
  cordon: { verb: 'Cordon', past: 'Cordoned' },
  uncordon: { verb: 'Uncordon', past: 'Uncordoned' },
  scale: { verb: 'Scale', past: 'Scaled' },
  restart: { verb: 'Restart', past: 'Restarted' },
  'roll-back': { verb: 'Roll back', past: 'Rolled back' },
  delete: { verb: 'Delete', past: 'Deleted' },
  edit: { verb: 'Save', past: 'Saved' },
  'run-now': { verb: 'Run now', past: 'Began' },
  debug: { verb: 'Add the container', past: 'Added a container to' },
};

export function nameOf(action: ClusterAction): string {
  return 'node' in action ? action.node : action.name;
}

/** `Restart web`, `Delete 3 objects`. */
export function titleOf(actions: readonly ClusterAction[]): string {
  const [first] = actions;
  if (first === undefined) return '';
  const { verb } = verbWords[first.do];
  const said = first.do === 'edit' ? 'Save' : first.do === 'debug' ? 'Debug' : verb;
  return actions.length === 1
    ? `${said} ${isolated(nameOf(first))}`
    : `${said} ${thingsOf(actions)}`;
}

const things: Readonly<Record<string, string>> = {
  nodes: 'node',
  pods: 'pod',
  'deployments.apps': 'deployment',
  'statefulsets.apps': 'stateful set',
  'daemonsets.apps': 'daemon set',
};

function thingsOf(actions: readonly ClusterAction[]): string {
  const [first] = actions;
  const kind =
    first === undefined ? '' : 'node' in first ? 'nodes' : 'kind' in first ? first.kind : '';
  const fallback = first?.do === 'run-now' ? 'cron job' : 'object';
  return formatCount(actions.length, things[kind] ?? fallback);
}

interface Ended {
  readonly action: ClusterAction;
  readonly done: ActionDone | null;
}

/** What to tell of what was done; null: nothing was. */
export function doneText(entries: readonly Ended[]): string | null {
  const done = entries.filter((entry) => entry.done !== null);
  const [first] = done;
  if (first === undefined) return null;
  if (entries.length === 1) return capital(first.done?.says ?? '');
  const { past } = verbWords[first.action.do];
  const left = entries.length - done.length;
  const text = `${past} ${thingsOf(done.map(({ action }) => action))}`;
  return left === 0 ? `${text}.` : `${text}, and not ${left} others.`;
}
