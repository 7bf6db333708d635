export { createQuestions, type Questions } from './questions.ts';
