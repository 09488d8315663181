import { figuresOf } from '../estimate/figures.ts';
import type { Problem } from '../problem.ts';
import { gibibyte } from '../units/bytes.ts';
import type { Ladder, LadderStep, Proposal } from './ladder.ts';
import { sumOfSteps } from './sum-of-steps.ts';

/** A proposal as `plan propose --json` prints it: a contract that tools rely on. */
export function proposalJson(plan: string, to: string, proposal: Proposal | null, problems: readonly Problem[]) {
  return {
    schema_version: 1,
    plan,
    to,
    ladder: proposal?.kind === 'ladder' ? ladderJson(proposal.ladder) : null,
    reason: proposal === null || proposal.kind === 'ladder' ? null : proposal.reason,
    problems,
  };
}

function ladderJson(ladder: Ladder) {
  const { from, wanted, largestStep, tokensPerParameter, steps } = ladder;
  const sum = sumOfSteps(ladder);
  const jump = figuresOf(wanted);
  return {
    from: { scale: from.name, parameters: from.parameters.value, evidence: from.validation?.link ?? null },
    largest_step: largestStep,
    tokens_per_parameter: tokensPerParameter,
    steps: steps.map(stepJson),
    sum: { gpu_hours: sum.gpuHours, wall_clock_hours: sum.wallClockHours, cost_usd: sum.costUsd },
    jump: { gpu_hours: jump.gpuHours, wall_clock_hours: jump.wallClockHours, cost_usd: jump.costUsd },
  };
}

function stepJson(step: LadderStep) {
  const { run, estimate, scale, growth, fits } = step;
  const { model, training, hardware } = run;
  const { gpuHours, wallClockHours, costUsd } = figuresOf(step);
  return {
    scale: scale?.kind === 'scale' ? scale.scale.name : null,
    parameters: run.parameters.total,
    growth,
    model: {
      hidden_size: model.hiddenSize,
      num_layers: model.numLayers,
      num_attention_heads: model.numAttentionHeads,
      num_key_value_heads: model.numKeyValueHeads,
      head_dim: model.headDim,
      intermediate_size: model.intermediateSize,
      ...(model.moe && { moe_intermediate_size: model.moe.intermediateSize }),
    },
    tokens: training.tokens,
    optimizer_steps: training.steps,
    memory_gib: estimate.memory === null ? null : estimate.memory.peakBytes / gibibyte,
    fits,
    gpu: hardware.gpu?.name ?? null,
    gpu_count: hardware.count,
    gpu_hours: gpuHours,
    wall_clock_hours: wallClockHours,
    cost_usd: costUsd,
  };
}
