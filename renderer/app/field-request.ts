import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

/** A declared field that is to be edited as soon as it is shown. */
interface FieldRequest {
  readonly deviceId: string;
  readonly field: string;
}

const request = createStore<{ readonly wanted: FieldRequest | null }>(() => ({ wanted: null }));

/** Said by whoever leads to the page of a device for the sake of one field. */
export function askForField(wanted: FieldRequest): void {
  request.setState({ wanted });
}

/** The field of this device that is asked for now, so that it is shown though it is empty. */
export function useWantedField(deviceId: string): string | null {
  return useStore(request, ({ wanted }) => (wanted?.deviceId === deviceId ? wanted.field : null));
}

/** Counts how often this field was asked for; each request is taken once, by the field itself. */
export function useFieldRequest(deviceId: string, field: string): number {
  const [count, setCount] = useState(0);
  const asked = useStore(
    request,
    ({ wanted }) => wanted?.deviceId === deviceId && wanted.field === field,
  );
  useEffect(() => {
    if (!asked) return;
    request.setState({ wanted: null });
    setCount((before) => before + 1);
  }, [asked]);
  return count;
}
