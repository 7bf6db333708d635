import type { AddressMap, MapPart } from '../../../shared/model/networks.ts';
import { formatRoute } from '../../app/routes.ts';
import { formatCount } from '../../ui/formatting.ts';
import classes from './address-map.module.css';
import { shareOf } from './network-words.ts';

/** A large prefix as its parts, each leading to its own map; of an endless one those in use. */
export function MapParts({ map }: { readonly map: AddressMap }) {
  const { drawn } = map;
  if (drawn.form === 'cells') return null;
  const blocks = drawn.form === 'blocks';
  if (drawn.parts.length === 0) {
    return <p className={classes.hint}>Nothing in it is in use yet; the next free is above.</p>;
  }
  return (
    <section aria-label={`Parts of ${map.prefix}`} className={classes.partsSide}>
      <p className={classes.hint}>
        {blocks
          ? `Blocks of 256 addresses that are in use; all others are free.`
          : `${formatCount(drawn.parts.length, 'part')} of /${drawn.length}; open one to see its addresses.`}
      </p>
      <ul className={classes.parts} data-wide={blocks || undefined}>
        {drawn.parts.map((part) => (
          <Part key={part.prefix} part={part} short={!blocks} />
        ))}
      </ul>
    </section>
  );
}

function Part({ part, short }: { readonly part: MapPart; readonly short: boolean }) {
  const { prefix, use, prefixes } = part;
  const taken = use.used + use.ranged;
  const share = shareOf(use);
  return (
    <li>
      <a
        className={classes.part}
        data-empty={taken === 0 || undefined}
        data-given={prefixes > 0 || undefined}
        href={formatRoute({ screen: 'networks', view: 'prefixes', thing: prefix })}
        title={`${prefix}: ${taken.toLocaleString('en')} in use${prefixes > 0 ? `, ${formatCount(prefixes, 'prefix', 'prefixes')}` : ''}`}
      >
        <span className={`${classes.partName} rh-mono`}>{short ? shortName(prefix) : prefix}</span>
        <span className={classes.partUse}>
          {taken === 0 ? (prefixes > 0 ? 'empty' : 'free') : taken.toLocaleString('en')}
        </span>
        <span className={classes.fill} aria-hidden>
          <span style={{ width: `${taken === 0 ? 0 : Math.max(4, share * 100)}%` }} />
        </span>
      </a>
    </li>
  );
}

/** `10.20.3` of `10.20.3.0/24`: the octets that tell the parts apart. */
function shortName(prefix: string): string {
  const [host = '', length = ''] = prefix.split('/');
  return host
    .split('.')
    .slice(0, Number(length) / 8)
    .join('.');
}
