import { mergeConfig } from 'vitest/config';
import beside from './vitest.config.ts';

/** Tests of a window that was packed: `npm run pack:check` says where it is. Some open every host that comes along. */
const config = mergeConfig(beside, { test: { testTimeout: 180_000, hookTimeout: 120_000 } });
export default { ...config, test: { ...config.test, include: ['e2e/standin/*.packed.ts'] } };
