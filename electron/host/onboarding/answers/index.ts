export type { AnswersFile, FileMachine } from './answers-file.ts';
export { plainAnswers, plainMachine } from './plain-answers.ts';
export { readAnswers } from './read-answers.ts';
export { answersOf, commonOf, targetOf } from './resolve-answers.ts';
export { writeAnswers } from './write-answers.ts';
