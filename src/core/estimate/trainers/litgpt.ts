import { plainLoop } from './families/plain-loop.ts';
import type { Trainer } from './trainer.ts';

export const litgpt: Trainer = {
  names: ['litgpt'],
  traits: {
    ...plainLoop,
    known: true,
    evidence: 'measured',
    // Lightning's `FSDPStrategy`, of FSDP 1 (litgpt, pretrain.py), whose mixed precision reduces in the type of the matrices.
    engine: 'fsdp',
    fsdpVersion: 1,
    reducePrecision: null,
    // Fabric casts what the model gives back to fp32 (`Precision.convert_output`): logits, log-softmax and two gradients.
    // Head and loss of fine-tuning run in chunks of 128 tokens (chunked_cross_entropy), whose fp32 logits and log-softmax all
    // stay, and one chunk goes backwards.
    bytesPerLogit: [10, 16, 18],
    bytesPerFusedLogit: [8.6, 8.6],
    // litgpt, model.py, `CausalSelfAttention`: one `qkv`, and keys and values expanded to the heads of the queries.
    fusedQkv: true,
    expandsKeyValues: true,
    // litgpt, model.py, `RMSNorm`: computed in fp32.
    wideNorms: true,
    // litgpt, finetune/lora.py: `lora_dropout`.
    adapterDropout: 0.05,
    // litgpt, finetune/lora.py: `fabric.no_backward_sync` while gradients accumulate.
    reducesEachBatch: false,
    // FSDP 1 wraps whole blocks (litgpt, finetune/lora.py, `auto_wrap_policy`).
    flattensFrozen: true,
  },
};
