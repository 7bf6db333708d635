import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useStore } from 'zustand';
import { cssVariables, theme } from '../design/theme.ts';
import { AppContext } from './app-context.ts';
import type { App as AppServices } from './app-services.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Gate } from './gate.tsx';

export function App({ app }: { readonly app: AppServices }) {
  const scheme = useStore(app.appearance.store, (state) => state.theme);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme={scheme}
      withGlobalClasses={false}
    >
      <AppContext value={app}>
        <ErrorBoundary>
          <Gate />
        </ErrorBoundary>
        <section aria-label="Notices">
          {/* At once and at full strength: a text that fades is a text of too little contrast. */}
          <Notifications
            position="bottom-right"
            limit={3}
            autoClose={6000}
            transitionDuration={0}
            withinPortal={false}
          />
        </section>
      </AppContext>
    </MantineProvider>
  );
}
