import { IconMapOff } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { ClusterScreen } from '../../features/cluster/cluster-screen.tsx';
import { ConnectScreen } from '../../features/cluster/contexts/connect-screen.tsx';
import { ContextsScreen } from '../../features/cluster/contexts/contexts-screen.tsx';
import { ContainersScreen } from '../../features/containers/containers-screen.tsx';
import { ConnectEngineScreen } from '../../features/containers/engines/connect-engine-screen.tsx';
import { EnginesScreen } from '../../features/containers/engines/engines-screen.tsx';
import { DeviceScreen } from '../../features/device/device-screen.tsx';
import { DevicesScreen } from '../../features/devices/devices-screen.tsx';
import { ImportScreen } from '../../features/exchange/import-screen.tsx';
import { GpusScreen } from '../../features/gpus/gpus-screen.tsx';
import { HistoryScreen } from '../../features/history/history-screen.tsx';
import { JobsScreen } from '../../features/jobs/list/jobs-screen.tsx';
import { JobScreen } from '../../features/jobs/page/job-screen.tsx';
import { FindingsScreen } from '../../features/lint/findings-screen.tsx';
import { DraftsScreen } from '../../features/onboarding/drafts/drafts-screen.tsx';
import { OverviewScreen } from '../../features/overview/overview-screen.tsx';
import { ProposalsScreen } from '../../features/proposals/proposals-screen.tsx';
import { RecordPage } from '../../features/records/page/record-page.tsx';
import { RecordScreen } from '../../features/records/table/record-screen.tsx';
import { ServiceGraphScreen } from '../../features/services/graph/service-graph-screen.tsx';
import { ServicesScreen } from '../../features/services/services-screen.tsx';
import { StorageScreen } from '../../features/storage/storage-screen.tsx';
import { TerminalsScreen } from '../../features/terminals/terminals-screen.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import type { Route } from '../routes.ts';
import { networkScreens, rackScreens } from './area-views.tsx';

const Gallery = lazy(() => import('../../features/gallery/gallery-screen.tsx'));

/** The gallery is for people who work on Rackhelm: in development, or asked for in the address. */
const showsGallery = () =>
  import.meta.env.DEV || new URLSearchParams(location.search).has('gallery');

export function Screen({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'overview':
      return <OverviewScreen />;
    case 'devices':
      return <DevicesScreen query={route.query} />;
    case 'device':
      return <DeviceScreen key={route.id} id={route.id} tab={route.tab} />;
    case 'services':
      return route.view === 'graph' ? (
        <ServiceGraphScreen around={route.id ?? null} />
      ) : (
        <ServicesScreen id={route.id ?? null} />
      );
    case 'networks': {
      const View = route.view && networkScreens[route.view];
      return View ? <View thing={route.thing ?? null} /> : <Unknown />;
    }
    case 'racks': {
      const View = route.view && rackScreens[route.view];
      return View ? <View thing={route.thing ?? null} /> : <Unknown />;
    }
    case 'kind':
      return <RecordScreen key={route.kind} kind={route.kind} query={route.query} />;
    case 'thing':
      return <RecordPage key={route.id} kind={route.kind} id={route.id} />;
    case 'proposals':
      return <ProposalsScreen query={route.query} />;
    case 'onboardings':
      return <DraftsScreen />;
    // Fills the window; see window-shell.tsx.
    case 'onboarding':
      return null;
    case 'import':
      return <ImportScreen />;
    case 'findings':
      return <FindingsScreen query={route.query} />;
    case 'history':
      return <HistoryScreen query={route.query ?? ''} />;
    case 'jobs':
      return <JobsScreen query={route.query} />;
    case 'job':
      return <JobScreen key={route.id} id={route.id} at={route.at} />;
    case 'terminals':
      return <TerminalsScreen />;
    case 'gpus':
      return <GpusScreen id={route.id ?? null} />;
    case 'cluster':
      return <ClusterScreen route={route} />;
    case 'cluster-contexts':
      return route.adding === true ? <ConnectScreen /> : <ContextsScreen />;
    case 'containers':
      return <ContainersScreen route={route} />;
    case 'engines':
      return route.adding === true ? <ConnectEngineScreen /> : <EnginesScreen />;
    case 'gallery':
      return showsGallery() ? (
        <Suspense fallback={<Skeleton label="Opening the gallery" />}>
          <Gallery />
        </Suspense>
      ) : (
        <Unknown />
      );
    case 'storage':
      return <StorageScreen />;
    case 'unknown':
      return <Unknown />;
  }
}

function Unknown() {
  return (
    <EmptyState icon={IconMapOff} title="There is nothing at this address">
      Choose a place in the list at the left.
    </EmptyState>
  );
}
