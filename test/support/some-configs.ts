/** A run that keeps every rule, of a size to choose. */
export function config({ layers = 8, batch = 1 } = {}): string {
  return `scalegate: 1
name: baseline
model:
  hidden_size: 1024
  num_layers: ${layers}
  num_attention_heads: 16
  vocab_size: 32000
training:
  sequence_length: 2048
  micro_batch_size: ${batch}
  optimizer: adamw
  flash_attention: true
  tokens: 1e9
  checkpoint_every: 10%
  log: [loss, grad_norm, memory]
parallelism: { sharding: ddp }
hardware: { gpu: A100-80GB, count: 8 }
`;
}

export const small = config();
export const slightlyLarger = config({ layers: 9 });
export const jump = config({ layers: 48 });
export const biggerJump = config({ layers: 96 });
/** Over its GPU's memory as `strict` states what it leaves open; without that, only as assumed. */
export const tooLarge = config({ batch: 64 });

/** A policy that states the GPU and whatever else decides the memory of these configs. */
export const strict = `scalegate_policy: 1
assumptions:
  - files: ['**']
    hardware: { gpu: A100-80GB, count: 8 }
    training: { fused_loss: false, activation_checkpointing: none, packing: true }
`;
