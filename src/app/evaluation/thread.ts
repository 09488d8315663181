import { evaluateHere } from '../../workspace/evaluate.ts';
import { serveEvaluations } from './serve-evaluations.ts';

// Run by evaluation-thread.ts
serveEvaluations(evaluateHere);
