import { mergeConfig } from 'vitest/config';
import beside from './vitest.config.ts';

/** Tests of a window that was packed: `npm run pack:check` says where it is. */
const config = mergeConfig(beside, {});
export default { ...config, test: { ...config.test, include: ['e2e/standin/*.packed.ts'] } };
