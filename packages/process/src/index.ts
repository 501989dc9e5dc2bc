export { parseEnvironment } from './parse-environment.ts';
export { runProcess } from './run-process.ts';
