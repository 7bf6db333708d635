import { createSpotlight } from '@mantine/spotlight';

/** The command palette's own store and the handle that opens it from anywhere. */
export const [paletteStore, palette] = createSpotlight();
