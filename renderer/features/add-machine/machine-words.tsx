import classes from './connect.module.css';

interface MachineWordsProps {
  readonly text: string;
}

const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]])/i;

/**
 * What a machine says before it lets anybody in, in its own words. An address is a link, since it may
 * be where one has to sign in; it is shown whole, so that one sees where it leads.
 */
export function MachineWords({ text }: MachineWordsProps) {
  return (
    <div className={classes.says}>
      <bdi>
        {text.split(address).map((part, index) =>
          index % 2 === 0 ? (
            part
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
            <a key={index} href={part} target="_blank" rel="noreferrer noopener">
              {part}
            </a>
          ),
        )}
      </bdi>
    </div>
  );
}
