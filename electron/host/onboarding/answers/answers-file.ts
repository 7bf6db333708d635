import type { CommonJoin, MachineJoin } from '../../../../shared/cluster/join/join-answers.ts';
import type { SshKeyChoice } from '../../../../shared/onboarding/answers.ts';
import type { NodeRole } from '../../../../shared/onboarding/role.ts';
import type { FilePlace } from '../../exchange/index.ts';

/** Something that a file names, with where it stands, so that what is not there is told by its line. */
export interface Named {
  readonly name: string;
  readonly place: FilePlace;
}

/** Every failed check that a phase mends, none, or those of these names. */
export type FileFixes = 'all' | 'none' | readonly string[];

export interface FileCommon {
  readonly role: NodeRole | null;
  readonly cluster: Named | null;
  readonly rack: Named | null;
  readonly prefix: Named | null;
  readonly tags: readonly string[];
  readonly sshKey: SshKeyChoice;
  readonly passwordLoginOff: boolean;
  readonly tryOutside: boolean;
  readonly fixes: FileFixes;
  /** Null: nobody joins a cluster. */
  readonly join: CommonJoin | null;
}

export interface FileMachine {
  /** As on a command line: `ops@pi-1`, `10.0.0.5:2222`. */
  readonly host: string;
  readonly identityFile: string | null;
  readonly jump: readonly string[];
  readonly place: FilePlace;
  /** `evidence`: what the evidence plainly says, and nothing where it is unclear. */
  readonly as: 'evidence' | 'new' | 'known' | 'replacement' | 'clone';
  readonly device: Named | null;
  readonly name: string | null;
  readonly hostname: string | null;
  readonly role: NodeRole | null;
  readonly rack: Named | null;
  readonly unit: number | null;
  readonly face: 'front' | 'rear' | null;
  readonly side: 'left' | 'middle' | 'right' | null;
  /** The device that it is in or on. */
  readonly on: Named | null;
  readonly bay: string | null;
  readonly height: number | null;
  /** It can be touched, though its facts look like a machine in another. */
  readonly physical: boolean;
  readonly cables: readonly { readonly interface: string; readonly to: Named }[];
  readonly vlans: readonly {
    readonly interface: string;
    readonly vlan: Named;
    readonly tagged: boolean;
  }[];
  readonly addresses: readonly {
    readonly interface: string;
    /** `next`: the next one that is free. */
    readonly address: string;
    readonly gateway: string | null;
    readonly dns: readonly string[];
    readonly set: boolean;
    readonly place: FilePlace;
  }[];
  /** Null: as for all. */
  readonly fixes: FileFixes | null;
  /** `as` null: as its role suggests. */
  readonly join: MachineJoin;
}

export interface AnswersFile {
  readonly all: FileCommon;
  readonly machines: readonly FileMachine[];
}

export const answersVersion = '1';

/** How a file says whose key the machines let in. `true` is how files of before say `mine`. */
export const sshKeyWords: Readonly<Record<string, SshKeyChoice>> = {
  none: 'none',
  rackhelm: 'app',
  mine: 'user',
  both: 'both',
  true: 'user',
  false: 'none',
};
