// `node --conditions=source --import ./scripts/typescript.mjs x.ts` runs TypeScript, decorators
// included, straight from the workspaces' sources: nothing needs to be built first.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
