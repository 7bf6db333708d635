export { readTemplates, templateNamed } from './templates.ts';
