export { createPages, type Pages, type WhichContainer } from './page.ts';
