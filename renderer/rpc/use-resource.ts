import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Loadable, Resource } from './resource.ts';

/** Shows a resource for as long as the component is there. */
export function useResource<T>(resource: Resource<T>): Loadable<T> {
  const store = resource.store;
  useEffect(() => resource.retain(), [resource]);
  return useStore(store);
}
