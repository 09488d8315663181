import type { Problem } from '../problem.ts';
import type { Section } from './markdown/sections.ts';
import type { Plan } from './plan.ts';
import type { Table } from './table/table.ts';

/** A file of a plan in the team's own words: what of it may be read, before its rows are put together. */
export interface PlanDocument {
  readonly path: string;
  readonly title: string | null;
  readonly tables: readonly Table[];
  /** Where rows may stand when the tables have none of planned work, the likeliest first. */
  readonly fallbacks: readonly (() => readonly Table[])[];
  /** Of Markdown: what states settings, data and advice. */
  readonly sections: readonly Section[];
}

/** A plan, or what kept it from being read. */
export interface PlanReading {
  readonly plan: Plan | null;
  readonly problems: readonly Problem[];
}
