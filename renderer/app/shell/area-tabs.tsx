import { useApp } from '../app-context.ts';
import { type AreaTab, areaOf, areas, isTab } from '../areas.ts';
import { formatRoute, type Route } from '../routes.ts';
import classes from './area-tabs.module.css';

/** The parts of the area in which one is; nothing on the page of one thing. */
export function AreaTabs({ route }: { readonly route: Route }) {
  const { router } = useApp();
  const area = areas.find(({ name }) => name === areaOf(route));
  if (area === undefined || route.screen === 'thing' || route.screen === 'device') return null;
  if (area.tabs.length < 2) return null;
  const hrefOf = ({ route: to }: AreaTab) =>
    to.screen === 'kind' ? router.listAddress(`kinds/${to.kind}`) : formatRoute(to);
  return (
    <nav className={classes.tabs} aria-label="Parts of this area" data-scrolls>
      {area.tabs.map((tab) => (
        <a
          key={tab.label}
          className={classes.tab}
          // As it was left.
          href={hrefOf(tab)}
          aria-current={isTab(tab, route) ? 'page' : undefined}
        >
          {tab.label}
        </a>
      ))}
    </nav>
  );
}
