import { fsdp } from './families/fsdp.ts';
import type { Trainer } from './trainer.ts';

export const fsdpQlora: Trainer = {
  names: ['fsdp-qlora'],
  traits: {
    ...fsdp,
    evidence: 'measured',
    // fsdp_qlora, train.py: `FSDP`, with adapters of PEFT.
    fsdpVersion: 1,
    states: 'accelerate',
    // Logits are fp32 in the model's output, as transformers had them in 2024.
    bytesPerLogit: [10, 16, 20],
    compilesLoss: 'never',
    // Batches are padded to their longest sample (fsdp_qlora, train.py, `collate_fn`).
    variableLengths: true,
    // The base is loaded in the type of the matrices (fsdp_qlora, train.py, `load_and_quantize`).
    frozenBase: 'short',
  },
};
