import type { Problem } from '../problem.ts';
import { arrangeScales } from './arrange-scales.ts';
import { addDataHours } from './markdown/data-hours.ts';
import { readScales } from './markdown/read-scales.ts';
import { readRecommendations } from './markdown/recommendations.ts';
import { readOutline } from './markdown/sections.ts';
import { readSettings } from './markdown/settings.ts';
import type { Plan } from './plan.ts';

/**
 * Reads the team's own Markdown as it stands: tables by their headers, settings and advice from tables and lists. A plan
 * without scales is none. What cannot be read is a problem, and the rest is still read.
 */
export function readMarkdownPlan(path: string, text: string): { plan: Plan | null; problems: readonly Problem[] } {
  const { title, sections } = readOutline(path, text);
  const stated = readScales(
    path,
    sections.flatMap((section) => section.tables),
  );
  const arranged = arrangeScales(stated.scales);
  if (arranged.scales.length === 0) return { plan: null, problems: stated.problems };
  const { scales, problems: dataProblems } = addDataHours(arranged.scales, sections);
  const { facts, baseline, problems: settingProblems } = readSettings(sections);
  return {
    plan: {
      path,
      title: title ?? path,
      scales,
      stages: [],
      total: null,
      facts,
      baseline,
      recommendations: readRecommendations(sections),
    },
    problems: [...stated.problems, ...arranged.problems, ...dataProblems, ...settingProblems],
  };
}
