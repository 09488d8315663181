import { constants, setPriority } from 'node:os';
import { evaluateHere } from '../../workspace/evaluate.ts';
import { serveEvaluations } from './serve-evaluations.ts';

// Run by evaluation-thread.ts. Linux gives threads priorities, others only processes: whoever answers deliveries comes first
if (process.platform === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
serveEvaluations(evaluateHere);
