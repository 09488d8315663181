import type { Document, KeyPath } from '../document/document.ts';
import { valueAt } from '../document/value-at.ts';
import { matchesAny } from '../glob/matches-any.ts';
import type { Place } from '../problem.ts';
import { hasEnded, nameOfFiles } from './for-files.ts';
import { isConfigPath } from './globs.ts';
import type { ApproverSlot, FilesPolicy, Policy } from './policy.ts';

/** Something that a policy says and that can't be meant. */
export interface PolicyRemark {
  /** Stable name of the kind of remark: `matches-nothing`, `never-approved` … */
  readonly rule: string;
  /** error: it does not do what it says; warning: it may well not. */
  readonly level: 'error' | 'warning';
  readonly place: Place;
  readonly message: string;
}

/** The repository that a policy is for. */
export interface PolicySurroundings {
  /** Every file. */
  readonly files: readonly string[];
  /** Names of the plan's rows; null without a plan that can be read. */
  readonly rows: readonly string[] | null;
  readonly hasCodeowners: boolean;
  /** The catalog's name of a GPU; null for one that it lacks. */
  readonly gpuNamed: (name: string) => string | null;
  /** `2026-11-23`. */
  readonly today: string;
}

/** Holds a policy that can be read against its repository; in the order of the file. */
export function lintPolicy(document: Document, policy: Policy, around: PolicySurroundings): readonly PolicyRemark[] {
  const configs = around.files.filter((path) => isConfigPath(path, policy));
  return [
    ...globRemarks(document, around.files, configs),
    ...shadowedEntries(policy.forFiles, configs),
    ...endedWaivers(policy.forFiles, around.today),
    ...approverRemarks(document, policy, around.hasCodeowners),
    ...planRemarks(document, policy, around),
    ...priceRemarks(policy, around.gpuNamed),
  ].toSorted((one, other) => one.place.line - other.place.line || one.place.column - other.place.column);
}

/** Lists of globs, and whether they are of configs. */
function globLists(document: Document): readonly { keys: KeyPath; ofConfigs: boolean }[] {
  const indexes = (section: string): KeyPath[] => {
    const entries = valueAt(document.value, [section]);
    return Array.isArray(entries) ? Array.from(entries.keys(), (index) => [section, index, 'files']) : [];
  };
  const rows = valueAt(document.value, ['plan', 'rows']);
  const ofRows = typeof rows === 'object' && rows !== null ? Object.keys(rows) : [];
  return [
    { keys: ['configs'], ofConfigs: true },
    { keys: ['ignore'], ofConfigs: false },
    ...ofRows.map((row) => ({ keys: ['plan', 'rows', row], ofConfigs: true })),
    ...['assumptions', 'policies', 'formats'].flatMap(indexes).map((keys) => ({ keys, ofConfigs: true })),
  ];
}

function globRemarks(document: Document, files: readonly string[], configs: readonly string[]): PolicyRemark[] {
  return globLists(document).flatMap(({ keys, ofConfigs }) => {
    const globs = valueAt(document.value, keys);
    if (!Array.isArray(globs)) return [];
    return globs.flatMap((glob: unknown, index): PolicyRemark[] => {
      if (typeof glob !== 'string') return [];
      const place = document.placeOf([...keys, index]);
      const matched = files.filter((path) => matchesAny([glob], path));
      if (matched.length === 0) {
        // To leave out what is not there does nobody harm
        const level = keys[0] === 'ignore' ? 'warning' : 'error';
        return [{ rule: 'matches-nothing', level, place, message: `"${glob}" matches no file of the repository.` }];
      }
      if (!ofConfigs || matched.some((path) => configs.includes(path))) return [];
      const what = `"${glob}" matches ${matched.length === 1 ? 'one file, which is' : `${matched.length} files, none of which is`}`;
      const message = `${what} ${matched.length === 1 ? 'no config' : 'a config'} by its ending or by "configs" and "ignore".`;
      return [{ rule: 'matches-nothing', level: 'error', place, message }];
    });
  });
}

/** Entries that say nothing which a later one does not say otherwise for the same files. */
function shadowedEntries(entries: readonly FilesPolicy[], configs: readonly string[]): PolicyRemark[] {
  return entries.flatMap((entry, index): PolicyRemark[] => {
    const own = configs.filter((path) => matchesAny(entry.files, path));
    // What a waiver says in its place for a while is said again after it
    const later = entries.slice(index + 1).filter(({ waiver }) => waiver === null);
    const statements = statementsOf(entry);
    const isHeard = statements.some((statement) =>
      own.some((path) => !later.some((other) => says(other, statement) && matchesAny(other.files, path))),
    );
    if (own.length === 0 || statements.length === 0 || isHeard) return [];
    const by = later.filter((other) => statements.some((statement) => says(other, statement)));
    const lines = by.map(({ files, place }) => `${nameOfFiles(files)} (line ${place.line})`);
    const message = `What it says for ${nameOfFiles(entry.files)} is never heard: a later entry says it for the same configs, ${lines.join(', ')}.`;
    return [{ rule: 'shadowed', level: 'warning', place: entry.place, message }];
  });
}

function endedWaivers(entries: readonly FilesPolicy[], today: string): PolicyRemark[] {
  return entries.flatMap(({ files, place, waiver }): PolicyRemark[] => {
    if (waiver === null || !hasEnded(waiver, today)) return [];
    const message = `The waiver for ${nameOfFiles(files)} ended on ${waiver.until}, and its entry says nothing since. Remove it, or have ${waiver.owner} set another day.`;
    return [{ rule: 'ended-waiver', level: 'warning', place, message }];
  });
}

/** What an entry says: each fact, each level and option of a rule, its approvers. */
function statementsOf({ facts, rules, approvers }: FilesPolicy): readonly string[] {
  return [
    ...Object.keys(facts),
    ...Object.entries(rules).flatMap(([rule, { level, options }]) => [
      ...(level === null ? [] : [`rules.${rule}`]),
      ...Object.keys(options).map((option) => `rules.${rule}.${option}`),
    ]),
    ...(approvers === null ? [] : ['approvers']),
  ];
}

function says(entry: FilesPolicy, statement: string): boolean {
  return statementsOf(entry).includes(statement);
}

function approverRemarks(document: Document, policy: Policy, hasCodeowners: boolean): PolicyRemark[] {
  const ofFiles = policy.forFiles.flatMap(({ approvers, place }) => (approvers === null ? [] : [{ approvers, place }]));
  const sections = [{ approvers: policy.approvers, place: document.placeOf(['approvers']) }, ...ofFiles];
  return sections.flatMap(({ approvers, place }) =>
    approvers.flatMap((slot) =>
      whatIsWrongWith(slot, hasCodeowners).map((message): PolicyRemark => {
        return { rule: 'never-approved', level: 'error', place, message };
      }),
    ),
  );
}

/** Why nobody, or too few people, can fill a slot. */
function whatIsWrongWith(slot: ApproverSlot, hasCodeowners: boolean): string[] {
  const { name, users, teams, roles, codeowners, count } = slot;
  const what = name === null ? 'The approvers' : `The slot ${name}`;
  if (users.length + teams.length + roles.length === 0 && !codeowners) {
    return [`${what} are nobody: what waits for them waits for ever. Name users, teams or roles.`];
  }
  if (codeowners && !hasCodeowners) return [`${what} are code owners, and the repository has no CODEOWNERS file.`];
  const people = new Set(users.map((login) => login.toLowerCase())).size;
  const isClosed = teams.length + roles.length === 0 && !codeowners;
  return isClosed && people < count
    ? [
        `${what}: ${count} approvals are asked for, and ${people === 1 ? 'one person is' : `${people} people are`} named.`,
      ]
    : [];
}

function planRemarks(
  document: Document,
  { planPaths, planRows }: Policy,
  { files, rows }: PolicySurroundings,
): PolicyRemark[] {
  const missing = planPaths.filter((path) => !files.includes(path));
  const unknown = rows === null ? [] : planRows.filter(({ row }) => !rows.some((name) => sameName(name, row)));
  return [
    ...missing.map((path) => ({
      rule: 'no-plan',
      level: 'error' as const,
      place: document.placeOf(['plan']),
      message: `There is no file ${path}.`,
    })),
    ...unknown.map(({ row }) => ({
      rule: 'no-row',
      level: 'error' as const,
      place: document.placeOf(['plan', 'rows', row]),
      message: `The plan has no row "${row}"; it has ${(rows ?? []).slice(0, 10).join(', ')}.`,
    })),
  ];
}

function sameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function priceRemarks({ prices }: Policy, gpuNamed: PolicySurroundings['gpuNamed']): PolicyRemark[] {
  return prices.flatMap(({ gpu, place }, index): PolicyRemark[] => {
    const known = gpuNamed(gpu);
    if (known === null) {
      const message = `The catalog knows no GPU "${gpu}": it prices only runs that name it the same way.`;
      return [{ rule: 'unknown-gpu', level: 'warning', place, message }];
    }
    const before = prices.slice(0, index).find((other) => gpuNamed(other.gpu) === known);
    if (before === undefined) return [];
    const message = `"${gpu}" and "${before.gpu}" (line ${before.place.line}) are both ${known}: the first counts.`;
    return [{ rule: 'priced-twice', level: 'warning', place, message }];
  });
}
