import type { DescribedRun } from '../described-run.ts';
import type { EstimateAssumption } from '../estimate.ts';
import { positionsAtOnce } from '../tower-tokens.ts';

/** How much encoders and towers work on for one sequence, where neither the model nor its training says. */
export function towerAssumptions({ model, training }: DescribedRun): EstimateAssumption[] {
  return (model.towers ?? []).flatMap((tower) => {
    const isText = tower.name === 'encoder';
    const isStated = isText
      ? tower.tokens !== undefined || training.encoderSequenceLength !== undefined
      : tower.inputsPerSequence !== undefined && tower.tokens !== undefined;
    if (isStated) return [];
    const positions = positionsAtOnce(tower, training);
    return [
      isText
        ? {
            field: 'training.encoder_sequence_length',
            value: String(positions),
            reason: 'not stated; as long as the sequence of the decoder',
          }
        : {
            field: 'memory.tower_activations',
            value: `${tower.inputsPerSequence ?? 1} of ${positions} positions in a sequence`,
            reason: `not stated for the ${tower.name} tower; state inputs_per_sequence and tokens under model.towers`,
          },
    ];
  });
}
