import { TextInput } from '@mantine/core';
import type { EntryPreview } from '../../../shared/contract/quick-entry.ts';
import { longestLine } from '../../../shared/quick-entry/line.ts';
import classes from './quick-entry.module.css';

interface LineEntryProps {
  readonly line: string;
  readonly onChange: (line: string) => void;
  /** Of the line as it stands. */
  readonly problem: EntryPreview['problem'];
}

const examples: readonly (readonly [string, string])[] = [
  ['pi-[1-4] eth0 10.20.10.[11-14]/24', 'Four devices, each with its address'],
  [
    'pi-[1-4] type:"Raspberry Pi 5" rack:A U[10-13]',
    'With everything that the type has, in a rack',
  ],
  ['nas type:DS923+ "LAN 1" 10.20.20.30/24 vlan:20', 'One device; quotes keep blanks together'],
  ['sw-[a,b] kind:switch port[1-8] tagged:10,20', 'Eight interfaces on each, in two VLANs'],
];

/** One line that stands for many devices; below it, what it may say, until it says something. */
export function LineEntry({ line, onChange, problem }: LineEntryProps) {
  return (
    <div className={classes.entry}>
      <TextInput
        label="One line for many devices"
        description="A name first, then interfaces with their addresses, units and fields. Brackets of different words go pairwise."
        classNames={{ input: 'rh-mono' }}
        placeholder="pi-[1-4] eth0 10.20.10.[11-14]/24"
        value={line}
        maxLength={longestLine}
        spellCheck={false}
        autoComplete="off"
        error={problem !== null && line.trim() !== '' && problem.text}
        data-autofocus
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {problem !== null && problem.length > 0 && line.trim() !== '' && (
        <p className={classes.marked}>
          {line.slice(0, problem.at)}
          <mark>{line.slice(problem.at, problem.at + problem.length)}</mark>
          {line.slice(problem.at + problem.length)}
        </p>
      )}
      {line.trim() === '' && (
        <dl className={classes.examples}>
          {examples.map(([example, meaning]) => (
            <div key={example}>
              <dt>
                <button type="button" className={classes.example} onClick={() => onChange(example)}>
                  {example}
                </button>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
