import { z } from 'zod';
import type { Document } from '../document/document.ts';
import { parseStrictDocument } from '../document/parse-document.ts';
import { readWithSchema } from '../document/read-with-schema.ts';
import { valueAt } from '../document/value-at.ts';
import type { Problem } from '../problem.ts';
import { mostFormats, readFormats } from './formats-section.ts';
import { readModels } from './models-section.ts';
import { LevelName, mostForFiles, PolicyFile, ruleSchema } from './policy-file.ts';
import type { Policy, RuleSetting } from './policy.ts';
import { readPrices } from './prices-section.ts';
import { readForFiles } from './read-for-files.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules/index.ts';

/**
 * Reads the policy of a repository; null stands for a repository without one. Never throws: every mistake is a problem
 * at its place, and for the setting that it spoils, as for all that is not set, the default holds. What the team meant
 * is then unknown, so nothing may pass under a policy with problems.
 */
export function readPolicy(file: { path: string; text: string } | null): {
  policy: Policy;
  problems: readonly Problem[];
} {
  if (file === null) return { policy: defaultPolicy(null), problems: [] };
  const { document, problems } = parseStrictDocument(file.path, file.text);
  return document === null ? { policy: defaultPolicy(file.path), problems } : readSections(document);
}

function defaultPolicy(path: string | null): Policy {
  return {
    path,
    configs: null,
    ignore: [],
    planPaths: [],
    planRows: [],
    rules: Object.fromEntries(rules.map((rule) => [rule.name, defaultSetting(rule, path)])),
    approvers: sections.approvers.parse(undefined),
    forFiles: [],
    prices: [],
    formats: [],
    models: new Map(),
    unlinkedAuthors: 'add-approval',
    comment: sections.comment.parse(undefined),
    enforce: true,
    huggingFaceHub: false,
  };
}

function defaultSetting({ level, levelWithoutPolicy = level }: Rule, path: string | null): RuleSetting {
  return { level: path === null ? levelWithoutPolicy : level, options: {}, setAt: null, waiver: null };
}

const sections = PolicyFile.shape;

/** The sections without what is in them, to find keys and rules that do not exist. */
const outline = z.strictObject({
  ...Object.fromEntries(Object.keys(sections).map((key) => [key, z.unknown().optional()])),
  rules: z.strictObject(Object.fromEntries(rules.map(({ name }) => [name, z.unknown().optional()]))).optional(),
  assumptions: z.array(z.unknown()).max(mostForFiles).optional(),
  policies: z.array(z.unknown()).max(mostForFiles).optional(),
  formats: z.array(z.unknown()).max(mostFormats).optional(),
});

/** Section by section, so that a mistake in one leaves the others as the team wrote them. */
function readSections(document: Document): { policy: Policy; problems: readonly Problem[] } {
  const defaults = defaultPolicy(document.path);
  const problems: Problem[] = [...readWithSchema(document, outline).problems];
  if (problems.some(({ key }) => key === null)) return { policy: defaults, problems };
  const collect = <Value>(reading: { value: Value; problems: readonly Problem[] }): Value => {
    problems.push(...reading.problems);
    return reading.value;
  };
  collect(readWithSchema(document, sections.scalegate_policy, ['scalegate_policy']));
  const policy: Policy = {
    ...defaults,
    configs: collect(readWithSchema(document, sections.configs, ['configs'])) ?? defaults.configs,
    ignore: collect(readWithSchema(document, sections.ignore, ['ignore'])) ?? defaults.ignore,
    ...planOf(collect(readWithSchema(document, sections.plan, ['plan']))),
    rules: Object.fromEntries(rules.map((rule) => [rule.name, collect(readRule(document, rule))])),
    approvers: collect(readWithSchema(document, sections.approvers, ['approvers'])) ?? defaults.approvers,
    forFiles: collect(readForFiles(document)),
    prices: collect(readPrices(document)),
    formats: collect(readFormats(document)),
    models: collect(readModels(document)),
    unlinkedAuthors:
      collect(readWithSchema(document, sections.unlinked_authors, ['unlinked_authors'])) ?? 'add-approval',
    comment: collect(readWithSchema(document, sections.comment, ['comment'])) ?? defaults.comment,
    enforce: collect(readWithSchema(document, sections.enforce, ['enforce'])) ?? true,
    huggingFaceHub: collect(readWithSchema(document, sections.hugging_face_hub, ['hugging_face_hub'])) ?? false,
  };
  return { policy, problems: problems.toSorted((one, other) => one.place.line - other.place.line) };
}

function planOf(plan: z.output<typeof sections.plan> | null): Pick<Policy, 'planPaths' | 'planRows'> {
  if (plan == null) return { planPaths: [], planRows: [] };
  if (typeof plan === 'string' || Array.isArray(plan)) return { planPaths: [plan].flat(), planRows: [] };
  const planRows = Object.entries(plan.rows ?? {}).map(([row, files]) => ({ row, files }));
  return { planPaths: [plan.path ?? []].flat(), planRows };
}

function readRule(document: Document, rule: Rule): { value: RuleSetting; problems: readonly Problem[] } {
  const keys = ['rules', rule.name];
  const found = valueAt(document.value, keys);
  if (found === undefined) return { value: defaultSetting(rule, document.path), problems: [] };
  if (typeof found !== 'object' || found === null) {
    const { value, problems } = readWithSchema(document, LevelName, keys);
    return {
      value: { level: value ?? rule.level, options: {}, setAt: document.placeOf(keys), waiver: null },
      problems,
    };
  }
  const { value, problems } = readWithSchema(document, ruleSchema(rule), keys);
  if (value === null) return { value: defaultSetting(rule, document.path), problems };
  const { level = rule.level, ...options } = value;
  return { value: { level, options, setAt: document.placeOf(keys), waiver: null }, problems };
}
