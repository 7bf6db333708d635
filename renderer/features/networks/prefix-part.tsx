import { formatRoute } from '../../app/routes.ts';
import type { PagePartProps } from '../records/page/page-part-props.ts';
import classes from './networks.module.css';

/** On the page of a prefix: the way to its addresses. */
export function PrefixPart({ record }: PagePartProps) {
  const { prefix } = record.values;
  if (typeof prefix !== 'string') return null;
  return (
    <p className={classes.lead}>
      <a href={formatRoute({ screen: 'networks', view: 'prefixes', thing: prefix })}>
        Show its addresses, used and free
      </a>
    </p>
  );
}
