import { parseWithoutEval } from '../../shared/wire/without-eval.ts';

// A schema decides when it is made, so whatever makes schemas is loaded after this.
parseWithoutEval();
void import('./start.tsx');
