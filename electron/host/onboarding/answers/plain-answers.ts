import type { CommonJoin } from '../../../../shared/cluster/join/join-answers.ts';
import type { AnswersFile, FileMachine } from './answers-file.ts';

/** Where what a command line says stands, as far as anybody asks. */
const place = { line: 1, path: '' };

const nothing: Omit<FileMachine, 'host' | 'as' | 'device' | 'role' | 'join'> = {
  ...{ place, identityFile: null, jump: [], name: null, hostname: null, rack: null, unit: null },
  ...{ face: null, side: null, on: null, bay: null, height: null, physical: false },
  ...{ cables: [], vlans: [], addresses: [], fixes: 'none' },
};

/** A machine of which nothing is said but which device it is and how it joins. */
export function plainMachine(
  host: string,
  { device, ...said }: Pick<FileMachine, 'as' | 'role' | 'join'> & { readonly device: string },
): FileMachine {
  return { ...nothing, ...said, host, device: { name: device, place } };
}

/** Answers of a command line: nothing is mended or written down but the join. */
export function plainAnswers({
  cluster,
  join,
  machines,
}: {
  readonly cluster: string;
  readonly join: CommonJoin;
  readonly machines: readonly FileMachine[];
}): AnswersFile {
  const all: AnswersFile['all'] = {
    ...{ role: null, rack: null, prefix: null, tags: [], sshKey: 'none', passwordLoginOff: false },
    ...{ tryOutside: false, fixes: 'none', join, cluster: { name: cluster, place } },
  };
  return { all, machines };
}
