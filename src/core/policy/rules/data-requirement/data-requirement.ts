import { z } from 'zod';
import { formatHours } from '../../../units/duration.ts';
import { lineOf } from '../../cause.ts';
import { defineRule } from '../../rule.ts';

export const dataRequirement = defineRule({
  name: 'data-requirement',
  summary: "The run has the hours of data that the plan asks for at the run's scale.",
  level: 'warning',
  options: z.strictObject({}),
  checkPair(pair, _options, { plan }) {
    const { head } = pair;
    if (plan === null || head === null || head.scale?.kind !== 'scale') return [];
    const { name, dataHours } = head.scale.scale;
    if (dataHours === null) return [];
    const { hours, augmentation } = head.run.data;
    // A plan that gives no factor: "augmentation halves the need"
    const factor = augmentation ? (plan.recommendations.augmentationFactor?.value ?? 2) : 1;
    const needed = dataHours.value / factor;
    if (hours !== null && hours >= needed) return [];
    const has = hours === null ? 'and the run states none' : `and the run has ${formatHours(hours)}`;
    const augmented = augmentation ? ' with augmentation' : '';
    return [
      {
        badness: needed / (hours ?? 0),
        place: lineOf(pair, ['data.hours', 'data.augmentation']),
        message: `${name} needs ${formatHours(needed)} hours of data${augmented} (${dataHours.place.path} says ${dataHours.text}), ${has}.`,
        action:
          hours === null
            ? "State data.hours in the config or in the policy's assumptions for it."
            : `Gather more data${augmentation ? '' : ', augment it'} or train a smaller scale.`,
      },
    ];
  },
});
