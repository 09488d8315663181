import type { Plan } from '../plan/plan.ts';
import type { PlanCheck, PlanRemark } from './remark.ts';

/** A scale is validated by evidence of a finished run; the rules that ask for it need it recorded. */
export const checkEvidence: PlanCheck = (plan) => {
  const { scales } = plan;
  const highest = scales.findLastIndex(({ validation }) => validation !== null);
  if (highest === -1) return noneValidated(plan);
  return scales.slice(0, highest).flatMap(({ name, place, validation }): PlanRemark[] => {
    if (validation !== null) return [];
    const message = `${name} has no evidence of a finished run, but ${scales[highest]?.name ?? ''} above it has.`;
    return [{ rule: 'no-evidence', level: 'notice', place, message, arithmetic: [] }];
  });
};

function noneValidated({ path, scales }: Plan): PlanRemark[] {
  const [smallest] = scales;
  if (smallest === undefined) return [];
  const message = 'No scale has evidence of a finished run. Record each one that was trained, in a table like this:';
  const markdown = [
    '| Scale | Run | Date | Peak memory | GPU hours |',
    '| ----- | --- | ---- | ----------- | --------- |',
    `| ${smallest.name} | [run](https://…) | 2026-10-03 | 2.8 GB | 9 |`,
  ];
  const yaml = ['validation:', '  link: https://…', '  date: 2026-10-03', '  peak_memory_gib: 2.8', '  gpu_hours: 9'];
  const isYaml = /\.ya?ml$/i.test(path);
  return [
    { rule: 'no-evidence', level: 'notice', place: smallest.place, message, arithmetic: isYaml ? yaml : markdown },
  ];
}
