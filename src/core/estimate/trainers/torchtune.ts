import { plainLoop } from './families/plain-loop.ts';
import type { Trainer } from './trainer.ts';

export const torchtune: Trainer = {
  names: ['torchtune'],
  traits: {
    ...plainLoop,
    known: true,
    evidence: 'measured',
    // FSDP 2 without a policy of its own reduces gradients as they are (torchtune, training/_distributed.py, `shard_model`).
    reducePrecision: null,
    // torchtune, recipes/full_finetune_distributed.py: `use_loss_parallel_ctx_manager`.
    lossParallel: true,
    // fp32 logits, their shifted copy and log-softmax; backwards log-softmax and two gradients.
    bytesPerLogit: [10, 12, 16],
    // Chunks are cast one by one, but autograd keeps the fp32 log-softmax of all, and the model's list of bf16 logits is
    // alive beside it: 6, and one chunk of eight. Compiled, the bf16 logits are what is kept, and the gradient of one chunk
    // of eight (CEWithChunkedOutputLoss).
    bytesPerFusedLogit: [6.5, 2.25],
    // The model casts its output outside of what is compiled (`TransformerDecoder.unembed`): fp32 logits and two gradients.
    bytesPerCompiledLogit: 10,
    // The head stands by itself, called chunk by chunk (`TransformerDecoder.chunked_output`).
    chunksGatherHead: true,
    // torchtune, modules/attention.py: keys and values are expanded to the heads of the queries.
    expandsKeyValues: true,
    // PyTorch docs, fully_shard: gradients are reduced unless `set_requires_gradient_sync(False)` holds them back.
    reducesEachBatch: true,
  },
};
