import { judgeAlone, type JudgedAlone } from '../../core/check/judge-alone.ts';
import { estimateConfig } from '../../core/estimate-config.ts';
import { approversPolicyFor, factsFor, nameOfFiles, policiesFor, settingOf } from '../../core/policy/for-files.ts';
import type { Policy, RuleSetting } from '../../core/policy/policy.ts';
import type { EstimatedRun } from '../../core/policy/rule.ts';
import { rules } from '../../core/policy/rules/index.ts';
import { printPlace } from '../../core/problem.ts';
import { counted } from '../../core/report/counted.ts';
import type { Fact } from '../../core/run/facts.ts';
import { describeApprovers } from '../../core/report/approvers.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { wrap } from '../../core/report/outputs/text/table.ts';
import { palette } from '../../core/report/outputs/text/terminal.ts';
import { formatGib } from '../../core/units/bytes.ts';
import { formatUsd } from '../../core/units/money.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { GuardOptions } from '../local-guards.ts';
import { printProblems } from '../print-problems.ts';
import { readSource } from '../read-source.ts';
import type { Screen, Terminal } from '../terminal.ts';

/** `scalegate policy test FILE…`: what of the policy applies to each config, and the verdict that it would get as a new one. */
export async function policyTest(
  targets: readonly string[],
  options: GuardOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const { today, out, err } = terminal;
  const verdicts: (keyof typeof words)[] = [];
  let isUsable = true;
  for (const [index, target] of targets.entries()) {
    const { path, seenPath, files, guards, problems } = await readSource(target, options, terminal);
    printProblems([...(index === 0 ? guards.problems : []), ...problems], err);
    if (guards.problems.length + problems.length > 0) isUsable = false;
    const reading = estimateConfig(path, files, guards, today);
    if (!reading.isConfig) continue;
    const judged = judgeAlone(path, reading, guards);
    verdicts.push(judged.verdict);
    if (index > 0) out.print('');
    printConfig(seenPath, judged, out);
    const { policy } = guards;
    for (const [name, text] of appliedTo(path, policy, reading.estimated)) printEntry(name, text, out);
    printFindings(judged, out);
  }
  if (!isUsable) return exitStatus.unusable;
  if (verdicts.includes('fail')) return exitStatus.fail;
  return verdicts.includes('waiting') ? exitStatus.waiting : exitStatus.pass;
}

const words = { pass: 'passes', waiting: 'waits for approval', fail: 'fails' } as const;

function printConfig(path: string, { verdict }: JudgedAlone, { colour, print }: Screen): void {
  const paint = palette(colour);
  const paints = { pass: paint.good, waiting: paint.waiting, fail: paint.error };
  print(`${paint.strong(cleanLine(path))}  as a new config it ${paints[verdict](words[verdict])}`);
}

/** What of the policy applies to a config, by the name of the part. */
function appliedTo(path: string, policy: Policy, estimated: EstimatedRun | null): (readonly [string, string])[] {
  const parts = policiesFor(policy, path);
  const facts = Object.entries(factsFor(policy, path)).map(
    ([field, { value, place }]) =>
      `${field} = ${JSON.stringify(value)} (${place === null ? '' : `line ${place.line}`}${isStated(field, estimated) ? '; the config says otherwise' : ''})`,
  );
  const limit = estimated?.limit ?? null;
  const cost = estimated?.estimate.cost ?? null;
  return [
    ['Policy', policy.path ?? 'none: the defaults hold'],
    ['For its files', list(parts.map(({ files, place }) => `${nameOfFiles(files)} (line ${place.line})`))],
    ['Assumptions', list(facts)],
    ['Plan', planOf(estimated)],
    ['Memory limit', limit === null ? 'not known' : `${formatGib(limit.usableBytes)} usable, ${limit.source}`],
    ['Price', cost === null ? 'not known' : `${formatUsd(cost.usdPerGpuHour)} per GPU-hour, ${cost.priceSource}`],
    ['Approvers', approversOf(path, policy)],
    ['Rules', rulesOf(policy, path)],
  ];
}

/** Whether somebody stronger than the policy states a field: the config, or its launcher. */
function isStated(field: string, estimated: EstimatedRun | null): boolean {
  const facts: Readonly<Record<string, Fact<unknown>>> = estimated?.run.facts ?? {};
  const authority = facts[field]?.authority;
  return authority !== undefined && authority !== 'policy';
}

function planOf(estimated: EstimatedRun | null): string {
  const row = estimated?.row ?? null;
  if (row === null) return 'no row';
  if (row.kind === 'several') return `one of ${row.rows.map(({ name }) => name).join(', ')}: ${row.reason}`;
  return `${row.row.name} (${printPlace(row.row.place)}): ${row.reason}`;
}

function approversOf(path: string, policy: Policy): string {
  const part = approversPolicyFor(policy, path);
  const slots = part?.approvers ?? policy.approvers;
  const people = slots.map((slot) => {
    const who = describeApprovers({ slot, needed: slot.count, files: null, owners: null }, (text) => text);
    return `${slot.name === null ? '' : `${slot.name}: `}${counted(slot.count, 'approval')} by ${who}`;
  });
  return `${people.join('; ')}${part === null ? '' : `, for ${nameOfFiles(part.files)}`}`;
}

/** The rules that the policy sets for a config; of the others it says nothing. */
function rulesOf(policy: Policy, path: string): string {
  const parts = policiesFor(policy, path);
  const set = rules
    .filter(({ isAboutPullRequest }) => isAboutPullRequest !== true)
    .map((rule) => [rule.name, settingOf(policy, rule, parts)] as const)
    .filter(([, { setAt }]) => setAt !== null)
    .map(([name, setting]) => describe(name, setting));
  return set.length === 0 ? 'the defaults' : `${set.join(', ')}; defaults for the others`;
}

function describe(name: string, { level, options }: RuleSetting): string {
  const set = Object.entries(options).map(([option, value]) => `${option} ${JSON.stringify(value)}`);
  return `${name} ${level}${set.length === 0 ? '' : ` (${set.join(', ')})`}`;
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}

function printEntry(name: string, text: string, { width, print }: Screen): void {
  const [first = '', ...others] = wrap(cleanLine(text, 2000), width - 16);
  print(`  ${name.padEnd(14)}${first}`);
  for (const line of others) print(`  ${' '.repeat(14)}${line}`);
}

function printFindings({ findings }: JudgedAlone, { width, print }: Screen): void {
  for (const { rule, level, message } of findings) {
    for (const line of wrap(cleanLine(`${level} ${rule}: ${message}`, 1200), width - 2)) print(`  ${line}`);
  }
}
