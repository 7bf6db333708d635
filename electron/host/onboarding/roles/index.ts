export { rolesFor } from './role-view.ts';
