import { serveEvaluations } from '../../src/app/evaluation/serve-evaluations.ts';
import { evaluateHere } from '../../src/workspace/evaluate.ts';

const many = JSON.stringify(Array.from({ length: 10_000 }, (_, index) => ({ index })));

// Run by an EvaluationThread of a test: what a changed file is called happens; all others are evaluated
serveEvaluations(async (sources, today) => {
  for (const { path } of sources.changedFiles) {
    if (path.endsWith('loops.yaml')) for (;;);
    if (path.endsWith('throws.yaml')) throw new TypeError('x is not a function');
    if (path.endsWith('fills.yaml')) for (const all: unknown[] = []; ;) all.push(JSON.parse(many));
  }
  return evaluateHere(sources, today);
});
