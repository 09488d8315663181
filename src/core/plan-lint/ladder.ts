import type { PlanCheck, PlanRemark } from './remark.ts';

/** A step this little above the factor is the factor, rounded. */
const tolerance = 1.05;

/** Sizes that descend down the file are allowed, and more often a slip of the pen. */
export const checkOrder: PlanCheck = ({ scales }) => {
  const stated = scales.toSorted((a, b) => a.place.line - b.place.line);
  return stated.flatMap((scale, index): PlanRemark[] => {
    const previous = stated[index - 1];
    if (previous === undefined || scale.parameters.value >= previous.parameters.value) return [];
    const message = `${scale.name} has ${scale.parameters.text} parameters, fewer than ${previous.name} above it with ${previous.parameters.text}.`;
    return [{ rule: 'ladder-order', level: 'notice', place: scale.parameters.place, message, arithmetic: [] }];
  });
};

/** The steps of the ladder must keep to the growth that the plan itself recommends. */
export const checkLadder: PlanCheck = ({ scales, recommendations: { growthFactor } }) => {
  if (growthFactor === null) return [];
  const steps = scales.slice(1).flatMap((scale, index) => {
    const previous = scales[index];
    return previous === undefined
      ? []
      : [{ previous, scale, factor: scale.parameters.value / previous.parameters.value }];
  });
  const tooLarge = steps.filter(({ factor }) => factor > growthFactor.value * tolerance);
  if (tooLarge.length === 0) return [];
  const message =
    `The plan asks to grow by ×${growthFactor.value} at most ("${growthFactor.text}"), and ${tooLarge.length} of the ` +
    `${steps.length} steps of its own ladder are larger.`;
  const arithmetic = steps.map(({ previous, scale, factor }) => {
    const times = factor.toLocaleString('en-US', { maximumSignificantDigits: 3 });
    return `${previous.name} → ${scale.name}: ${scale.parameters.text} / ${previous.parameters.text} = ×${times}`;
  });
  return [{ rule: 'ladder-steps', level: 'warning', place: growthFactor.place, message, arithmetic }];
};
