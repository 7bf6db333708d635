import classes from './states.module.css';

interface SkeletonProps {
  readonly label: string;
  readonly lines?: number;
}

const widths = ['72%', '54%', '63%', '40%', '58%', '47%'];

/** What a view shows while it is read for the first time. */
export function Skeleton({ label, lines = 5 }: SkeletonProps) {
  return (
    <div className={classes.skeleton} role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => widths[index % widths.length]).map(
        (width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
          <span key={index} className={classes.bone} style={{ width }} />
        ),
      )}
    </div>
  );
}
