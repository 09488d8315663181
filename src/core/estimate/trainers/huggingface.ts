import { plainLoop } from './families/plain-loop.ts';
import type { Trainer } from './trainer.ts';

/** The Trainer of transformers, and those that inherit from it and change nothing of this. */
export const huggingface: Trainer = {
  names: ['huggingface', 'oumi'],
  traits: {
    ...plainLoop,
    known: true,
    evidence: 'measured',
    // Accelerate prepares model and optimizer (transformers, `Trainer`): reduction in the type of the matrices.
    states: 'accelerate',
    reducePrecision: null,
    // `use_liger_kernel` takes norms and gated activations along (transformers docs, Trainer).
    fusesWithLoss: true,
    // Experts in one product for all (transformers 5, `grouped_mm`) are weighted in the type of the stream.
    fusedWeighting: true,
    // fp32 log-softmax, its gradient and the logits' gradient; the output and its logits are dropped before the backward
    // pass (transformers, ForCausalLMLoss, and `Trainer.compute_loss`, which gives back the loss alone). Older versions
    // keep fp32 logits and a shifted copy.
    bytesPerLogit: [7, 12, 20],
    // The loss is computed behind the model's compiled forward pass (transformers, ForCausalLMLoss, in fp32).
    compilesLoss: 'never',
    // Batches are padded to their longest sample (transformers, `DataCollatorWithPadding`).
    variableLengths: true,
    // PEFT, `prepare_model_for_kbit_training`, which TRL calls for quantized models.
    upcastsUnquantized: true,
    // `from_pretrained` loads fp32 before version 5, and the checkpoint's type from then on (transformers, modeling_utils.py:
    // `dtype = "auto"`; migration guide of version 5).
    frozenBase: 'by-transformers',
    // `bf16: true` runs the model under autocast (transformers, `Trainer.autocast_smart_context_manager`).
    autocastsAdapters: true,
    // The default of transformers 5 is adamw_torch_fused.
    foreachOptimizer: false,
    // `backward_prefetch` is off unless the config says (accelerate, FullyShardedDataParallelPlugin).
    prefetchesBackward: false,
    // accelerate enters `no_sync` for every micro batch but the last (transformers, `Trainer.training_step`).
    reducesEachBatch: false,
  },
};
