import type { Finding } from '../../src/core/policy/rule.ts';

export function aFinding(parts: Partial<Finding> = {}): Finding {
  const path = parts.path ?? 'configs/large.yaml';
  return {
    rule: 'memory-limit',
    alsoRules: [],
    cause: parts.rule ?? 'memory',
    isStanding: false,
    level: 'error',
    path,
    place: { path, line: 15, column: 3 },
    message: 'Peak memory is 96.4 GiB per GPU, but a process can use 79.2 GiB of an A100-80GB.',
    action: 'Lower training.micro_batch_size from 32 to 24, or set training.activation_checkpointing to selective.',
    ...parts,
  };
}

export const jump: Finding = aFinding({
  rule: 'scale-jump',
  level: 'approval',
  place: { path: 'configs/large.yaml', line: 4, column: 3 },
  message: 'The run climbs from Large to XL: 1.21B → 3.08B parameters.',
  action: 'Ask an approver for a review, or split the change into smaller steps.',
});
