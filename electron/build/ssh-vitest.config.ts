import { mergeConfig } from 'vitest/config';
import beside from './vitest.config.ts';

/** Tests against a real sshd: slower than the rest, since each far command starts a program. `npm run test:ssh`. */
const config = mergeConfig(beside, { test: { testTimeout: 60_000, maxWorkers: 2 } });
export default { ...config, test: { ...config.test, include: ['e2e/ssh/**/*.test.ts'], exclude: [] } };
