/** Work on a model that is there already, and no step up the ladder. */
const stageName =
  /\b(?:fine-?tun\w*|sft|dpo|ppo|grpo|orpo|kto|rloo|rlhf|rlvr|rl|lora|qlora|distil\w*|post-?train\w*|mid-?train\w*|ablations?|sweeps?|eval\w*|smoke|debug\w*)\b/i;

/** Whether a name says that its row is a stage, whatever parameters it has. */
export function isStageName(name: string): boolean {
  return stageName.test(name.replaceAll('_', ' '));
}
