import type { MouseEvent } from 'react';
import { useApp } from './app-context.ts';
import type { ListScreen } from './router.ts';

interface ListCrumbProps {
  readonly screen: ListScreen;
  readonly className?: string | undefined;
  readonly children: string;
}

/** Leads up to a list as it was left: narrowed, sorted and scrolled. */
export function ListCrumb({ screen, className, children }: ListCrumbProps) {
  const { router } = useApp();
  function onClick(event: MouseEvent): void {
    // A new window or tab has no way back.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    router.up(screen);
  }
  return (
    <a href={router.listAddress(screen)} className={className} onClick={onClick}>
      {children}
    </a>
  );
}
