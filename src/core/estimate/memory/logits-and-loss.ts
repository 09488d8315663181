import { has } from '../../run/matrices.ts';
import type { LineItem } from '../line-item.ts';
import { tokensOf } from './activations.ts';
import type { Snapshot } from './snapshot.ts';
import { computeBytes } from './state-bytes.ts';

/**
 * Logits and what cross-entropy makes of them, on the stage with the head, while the loss is computed and starts
 * backwards. Bytes per logit count every copy alive at once: the logits in the compute type and in fp32, log-softmax,
 * their gradients. Llama-3-8B, 8192 tokens at 12 bytes: 8192 · 128,256 · 12 = 11.7 GiB.
 */
export function logitsAndLoss(snapshot: Snapshot): LineItem {
  const { gpu, model, training, parallelism, phase, circumstances, traits } = snapshot;
  const { logitsAtOnce, bytesPerLogit } = circumstances;
  const tokens = tokensOf(snapshot);
  const isThere = (phase === 'loss' || phase === 'forward') && (gpu.stage === 'only' || gpu.stage === 'last');
  const backward = computeBytes(training.precision) === 4 ? Math.max(bytesPerLogit, 12) : bytesPerLogit;
  // Backwards one more gradient is there and the logits in the compute type are gone.
  // Where they are capped, the tanh stays beside them.
  const capped = has(model, 'softcapped-logits') ? computeBytes(training.precision) : 0;
  const ranks = (parallelism.lossParallel ?? traits.lossParallel) ? parallelism.tensor : 1;
  // DTensor's loss makes its gradient of zeros, and exponentiates beside it (torch.distributed.tensor.parallel, loss.py).
  const ofRanks = ranks > 1 && traits.states === 'fsdp' && bytesPerLogit >= 12 ? 4 : 0;
  const wide = capped + ofRanks + (phase === 'forward' ? Math.max(0, backward - 2) : backward);
  const asHidden = Math.ceil((tokens * model.hiddenSize) / model.vocabSize);
  const at = logitsAtOnce === 'all' ? tokens : Math.min(tokens, logitsAtOnce === 'as-hidden' ? asHidden : logitsAtOnce);
  // Each further token that is predicted has logits of its own (multi-token prediction, arXiv 2412.19437 §2.2).
  const predictions = 1 + (model.extraPredictions ?? 0);
  const logits = (predictions * at * gpu.vocabSize * wide) / ranks;
  const isChunked = logitsAtOnce !== 'all';
  // A loss in chunks goes backwards chunk by chunk: gradients of all hidden states and of the head are there already.
  const head = isChunked && training.method === 'full' ? gpu.headParameters * 4 : 0;
  const hidden = isChunked ? 2 * model.hiddenSize * tokens : 0;
  return {
    id: 'logits_and_loss',
    label: 'Logits and loss',
    bytes: isThere ? logits + head + hidden : 0,
    formula: isChunked ? 'z·C·V/t + 4·H + 2·h·T' : 'z·T·V/t',
    quantities: [
      ['z', predictions * wide],
      [isChunked ? 'C' : 'T', at],
      ['V', gpu.vocabSize],
      ['t', ranks],
      ...(isChunked
        ? ([
            ['H', head / 4],
            ['h', model.hiddenSize],
            ['T', tokens],
          ] as const)
        : []),
    ],
    source: 'PyTorch, log_softmax and nll_loss: outputs and gradients; vocabulary parallel: arXiv 1909.08053 §3',
  };
}
