import { z } from 'zod';
import { quantity } from '../../units/quantity.ts';
import { count, degree, size } from './bounds.ts';

/** Optimizers by the name that the field uses; what a dialect calls them is the dialect's business. */
export const optimizers = [
  'adamw',
  'adamw-8bit',
  'paged-adamw',
  'paged-adamw-8bit',
  'adafactor',
  'sgd',
  'sgd-momentum',
  'lion',
  'muon',
  'adagrad',
  'adam-mini',
  'ademamix',
  'adamw-4bit',
  'adamw-fp8',
  'lion-8bit',
  'paged-lion',
  'paged-lion-8bit',
  'came',
  'galore',
  'apollo',
  'lomo',
  'onebit-adam',
  'onebit-lamb',
  'zero-one-adam',
  'rmsprop',
  'rmsprop-8bit',
  'ademamix-8bit',
  'paged-ademamix',
  'paged-ademamix-8bit',
  'grokadamw',
  'galore-8bit',
  'galore-adafactor',
  'dion',
  'sinkgd',
  'unknown',
] as const;

/** How it is trained, and for how long. */
export const trainingFields = {
  'training.trainer': z.string().max(100).describe('What runs the training: torchtitan, megatron-lm, huggingface …'),
  'training.trainer_version': z
    .string()
    .max(100)
    .describe('Its version or date (5.18, 0.2.2, 2025-06): what it keeps changes between them'),
  'training.method': z
    .enum(['full', 'lora', 'qlora', 'unknown'])
    .describe(
      'Which weights are trained; unknown where something says that not all are, in a way that is not understood',
    ),
  'training.lora.rank': count(100_000).describe('Rank of the adapters'),
  'training.lora.target_modules': z.array(z.string().max(200)).max(1_000).describe('Matrices that carry an adapter'),
  'training.lora.adapters': count(100_000).describe('Adapters trained side by side'),
  'training.lora.dora': z.boolean().describe('Weight-decomposed adapters (DoRA)'),
  'training.lora.dtype': z.enum(['fp32', 'bf16']).describe('Type of the adapters; PEFT keeps them in fp32'),
  'training.lora.dropout': z.number().min(0).max(1).describe('Share of what an adapter reads that is dropped'),
  'training.lora.trained_modules': z
    .array(z.string().max(200))
    .max(1_000)
    .describe('Modules trained whole beside the adapters (modules_to_save): embed_tokens, lm_head'),
  'training.reference_model': z.boolean().describe('A frozen copy of the model is kept on the GPU (DPO, KTO, GRPO)'),
  'training.paired_samples': z.boolean().describe('A sample is a chosen and a rejected sequence (DPO, ORPO)'),
  'training.rollouts': z.boolean().describe('Answers are generated in the course of training (PPO, GRPO)'),
  'training.engine_memory_share': z
    .number()
    .min(0)
    .max(1)
    .describe(
      'Share of the GPU that an inference engine keeps beside the training (colocated vLLM); 0 where it sleeps',
    ),
  'training.ema': z.boolean().describe('An exponential moving average of the weights is kept'),
  'training.sequence_length': count(1_000_000_000).describe('Tokens a sequence'),
  'training.freeze_vision_tower': z.boolean().describe('Vision and audio towers are not trained'),
  'training.freeze_projector': z.boolean().describe('What joins them to the decoder is not trained'),
  'training.freeze_language_model': z.boolean().describe('The decoder is not trained, only towers and projectors'),
  'training.encoder_sequence_length': count(1_000_000_000).describe(
    'Tokens that an encoder reads for one sequence; sequence_length by default',
  ),
  'training.micro_batch_size': degree.describe('Sequences a GPU works on at once'),
  'training.gradient_accumulation_steps': count(10_000_000).describe('Micro batches before an optimizer step'),
  'training.global_batch_size': count(100_000_000).describe('Sequences an optimizer step, over all GPUs'),
  'training.precision': z
    .enum(['fp32', 'bf16-mixed', 'fp16-mixed', 'bf16', 'fp16', 'fp8-mixed'])
    .describe('-mixed computes in the short type over fp32 weights; bf16 alone keeps weights and states in bf16'),
  'training.autocast': z.boolean().describe('With bf16 or fp16: autocast runs over weights that are short themselves'),
  'training.frozen_precision': z
    .enum(['fp32', 'bf16'])
    .describe('Type in which the frozen base of adapters is stored, where it is not quantized'),
  'training.optimizer': z
    .enum(optimizers)
    .describe('Decides the bytes of optimizer state a parameter; of one that is unknown, from none to three moments'),
  'training.optimizer_implementation': z
    .enum(['fused', 'foreach', 'single', 'flat'])
    .describe('How AdamW steps: in one kernel, over all tensors at once, one by one, or over one flat tensor'),
  'training.optimizer_rank': count(100_000).describe('Rank of the projections of GaLore and APOLLO'),
  'training.optimizer_in_backward': z.boolean().describe('Each gradient is used and freed within the backward pass'),
  'training.gradient_precision': z.enum(['fp32', 'bf16']).describe('Type in which gradients are kept and reduced'),
  'training.master_precision': z.enum(['fp32', 'bf16']).describe("Type of the optimizer's copy of short weights"),
  'training.moment_precision': z.enum(['fp32', 'bf16', 'fp8']).describe("Type of the optimizer's moments"),
  'training.activation_checkpointing': z
    .enum(['none', 'selective', 'full', 'unknown'])
    .describe('What is recomputed backwards; of a mode that is unknown, all, with a range up to nothing'),
  'training.checkpoint_layers': count(10_000).describe(
    'With full: layers recomputed together. With selective: every n-th layer is recomputed, the others are kept whole',
  ),
  'training.recompute_layers': count(10_000).describe(
    "With full: only the first n layers of a pipeline stage's chunk are recomputed (Megatron's block method)",
  ),
  'training.recompute_modules': z
    .array(z.enum(['core_attn', 'layernorm', 'mla_up_proj', 'mlp', 'moe', 'moe_act', 'shared_experts']))
    .max(20)
    .describe("Megatron's selective recomputation, by module"),
  'training.activation_offload': z.boolean().describe('Checkpointed activations are kept in CPU memory'),
  'training.flash_attention': z.boolean().describe('No score matrix is kept'),
  'training.fused_loss': z.boolean().describe('Chunked or fused cross-entropy: the full logits never exist'),
  'training.fused_kernels': z.boolean().describe('Norms and gated activations are single kernels (Liger)'),
  'training.tiled_mlp': z.boolean().describe('The MLP works on one part of a sequence after the other (ALST)'),
  'training.mean_document_length': size.describe(
    'Mean tokens of the documents packed into a sequence, where they do not attend to each other',
  ),
  'training.mfu': z
    .number()
    .gt(0)
    .max(1)
    .describe(
      'Measured model FLOPs utilization: causal attention counted, recomputation not, of the dense 16-bit peak',
    ),
  'training.packing': z.boolean().describe('Sequences are packed to the full length: no batch is shorter'),
  'training.dropout': z.number().min(0).max(1).describe('Share of the hidden states that is dropped'),
  'training.compile': z.boolean().describe('torch.compile'),
  'training.quantization.bits': z.union([z.literal(4), z.literal(8)]).describe('Bits of the frozen base weights'),
  'training.quantization.double': z.boolean().describe('Quantized quantization constants (QLoRA)'),
  'training.quantization.kind': z
    .enum(['nf4', 'fp4', 'int8', 'gptq', 'awq', 'hqq'])
    .describe('Method that quantized the base; bitsandbytes by default'),
  'training.quantization.head': z.boolean().describe('The output head is quantized as well'),
  'training.quantization.prepared': z
    .boolean()
    .describe("What is not quantized is cast to fp32 (PEFT's prepare_model_for_kbit_training)"),
  'training.tokens': quantity.pipe(z.number().min(1).max(1e18)).describe('Tokens of the whole training'),
  'training.samples': quantity.pipe(z.number().min(1).max(1e16)).describe('Sequences of the whole training'),
  'training.steps': quantity.pipe(z.number().min(1).max(1e12)).describe('Optimizer steps of the whole training'),
  'training.epochs': z.number().gt(0).max(1e6).describe('Passes over the data; needs dataset_tokens'),
  'training.dataset_tokens': quantity.pipe(z.number().min(1).max(1e18)).describe('Tokens of one epoch'),
  'training.checkpoint_every': z
    .union([z.number().gt(0).max(1e12), z.string().regex(/^\s*\d+(\.\d+)?\s*%\s*$/)])
    .describe('Between saved checkpoints: optimizer steps, or a share of the training such as 10%'),
  'training.log': z.array(z.string().max(100)).max(1_000).describe('What is logged: loss, grad_norm, memory …'),
} as const satisfies Record<string, z.ZodType>;
