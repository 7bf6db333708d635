import { useApp } from '../app-context.ts';
import { type AreaTab, areaOf, areas, formsAt, isTab } from '../areas.ts';
import { formatRoute, type Route } from '../routes.ts';
import classes from './area-tabs.module.css';

/** The parts of the area in which one is; nothing on the page of one thing. */
export function AreaTabs({ route }: { readonly route: Route }) {
  const { router } = useApp();
  const area = areas.find(({ name }) => name === areaOf(route));
  if (area === undefined || route.screen === 'thing' || route.screen === 'device') return null;
  if (area.tabs.length < 2) return null;
  const forms = formsAt(route);
  const link = (tab: AreaTab, className: string | undefined) => (
    <a
      key={tab.label}
      className={className}
      // As it was left.
      href={
        tab.route.screen === 'kind'
          ? router.listAddress(`kinds/${tab.route.kind}`)
          : formatRoute(tab.route)
      }
      aria-current={isTab(tab, route) ? 'page' : undefined}
    >
      {tab.label}
    </a>
  );
  return (
    <div className={classes.bar}>
      <nav className={classes.tabs} aria-label="Parts of this area" data-scrolls>
        {area.tabs.map((tab) => link(tab, classes.tab))}
      </nav>
      {forms.length > 0 && (
        <nav className={classes.forms} aria-label="Shown as">
          {forms.map((form) => link(form, classes.form))}
        </nav>
      )}
    </div>
  );
}
