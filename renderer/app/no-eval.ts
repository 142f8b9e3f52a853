import { parseWithoutEval } from '../../shared/wire/without-eval.ts';

parseWithoutEval();
