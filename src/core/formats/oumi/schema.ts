import { z } from 'zod';
import { knownOptimizer } from '../known-optimizer.ts';
import { as, flag, valueOf } from '../yaml-values.ts';

/** What is read of oumi's TrainingConfig (oumi.ai docs, "Training Configuration"); every other key is let be. */
export const Oumi = z.object({
  model: z.object({
    model_name: valueOf('model.id'),
    model_max_length: valueOf('training.sequence_length'),
    freeze_layers: as(z.array(z.unknown()).max(10_000)),
    torch_dtype_str: as(z.string().max(100)),
    attn_implementation: as(z.string().max(200)),
    enable_liger_kernel: flag,
    compile: flag,
  }),
  training: z.object({
    trainer_type: z.string().max(100).nullish(),
    run_name: z.string().max(1000).nullish(),
    per_device_train_batch_size: valueOf('training.micro_batch_size'),
    gradient_accumulation_steps: valueOf('training.gradient_accumulation_steps'),
    max_steps: as(z.int().min(-1).max(1e12)),
    num_train_epochs: as(z.number().min(0).max(1e6)),
    mixed_precision_dtype: as(z.union([z.string().max(100), z.literal(false)])),
    optimizer: as(knownOptimizer),
    enable_gradient_checkpointing: flag,
    compile: flag,
    use_peft: flag,
    save_steps: as(z.number().min(-1).max(1e12)),
    save_epoch: flag,
    enable_wandb: flag,
  }),
  peft: z
    .object({
      lora_r: valueOf('training.lora.rank'),
      lora_target_modules: z.union([z.string().max(200), z.array(z.string().max(200)).max(1000)]).nullish(),
      lora_modules_to_save: z.array(z.string().max(200)).max(1000).nullish(),
      q_lora: flag,
      q_lora_bits: as(z.union([z.literal(4), z.literal(8)])),
      use_bnb_nested_quant: flag,
    })
    .nullish(),
  fsdp: z
    .object({
      enable_fsdp: flag,
      sharding_strategy: as(z.string().max(100)),
      cpu_offload: flag,
    })
    .nullish(),
  deepspeed: z
    .object({
      enable_deepspeed: flag,
      zero_stage: as(
        z.union([z.string().regex(/^ZERO_[0-3]$/i, 'one of ZERO_0, ZERO_1, ZERO_2, ZERO_3'), z.int().min(0).max(3)]),
      ),
      offload_optimizer: z.object({ device: as(z.string().max(100)) }).nullish(),
      offload_param: z.object({ device: as(z.string().max(100)) }).nullish(),
    })
    .nullish(),
});

export type Oumi = z.output<typeof Oumi>;
