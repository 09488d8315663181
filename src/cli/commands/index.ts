/** All commands, loaded together by the first that is called. */
export { compare } from './compare.ts';
export { diff } from './diff.ts';
export { estimate } from './estimate.ts';
export { explainConfig } from './explain.ts';
export { fit } from './fit.ts';
export { init } from './init.ts';
export { mapConfig } from './map.ts';
export { max } from './max.ts';
export { planInit } from './plan-init.ts';
export { planLint } from './plan-lint.ts';
export { planPropose } from './plan-propose.ts';
export { planShow } from './plan-show.ts';
export { showPlanStatus } from './plan-status.ts';
export { policyLint } from './policy-lint.ts';
export { policyTest } from './policy-test.ts';
export { record } from './record.ts';
export { replay } from './replay.ts';
