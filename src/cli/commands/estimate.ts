import { findIsoDate } from '../../core/plan/iso-date.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { renderEstimateJson, renderUnreadableJson } from '../../core/report/outputs/json/json.ts';
import { configLines } from '../../core/report/outputs/text/config-table.ts';
import { renderCoverage, type Coverage } from '../../core/report/outputs/text/coverage.ts';
import { palette } from '../../core/report/outputs/text/terminal.ts';
import { renderEstimateText } from '../../core/report/outputs/text/text.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { GuardOptions } from '../local-guards.ts';
import { printProblems } from '../print-problems.ts';
import { readConfigs, type LocalConfig } from '../read-configs.ts';
import { problemSeenFrom, seenFrom } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';

interface EstimateOptions extends GuardOptions {
  readonly json?: boolean;
  readonly from?: string;
}

/**
 * `scalegate estimate FILE…`: memory, time and cost of configs as they lie on the disk. A single file in full, several
 * as a table. It judges nothing: what can be read passes, whatever it costs.
 */
export async function estimate(
  targets: readonly string[],
  options: EstimateOptions,
  terminal: Terminal,
): Promise<ExitStatus> {
  const from = options.from === undefined ? null : dateOf(options.from, terminal.today);
  const { configs, guardProblems, emptyFolders, otherFiles } = await readConfigs(targets, options, terminal);
  printProblems(guardProblems, terminal.err);
  for (const folder of emptyFolders)
    terminal.err.print(
      `No training config was found in "${cleanLine(folder)}": no YAML, JSON or TOML file reads as one.`,
    );

  if (options.json === true) printJson(configs, from, terminal);
  else
    printText(
      configs.map((config) => asSeen(config, terminal)),
      otherFiles,
      from,
      terminal,
    );
  const isRead = configs.every(({ problems }) => problems.length === 0);
  return isRead && guardProblems.length + emptyFolders.length === 0 ? exitStatus.pass : exitStatus.unusable;
}

/** Paths in JSON are the repository's; people get those that their terminal can open. */
function asSeen(config: LocalConfig, { directory }: Terminal): LocalConfig {
  const { root, estimated, problems } = config;
  const path = seenFrom(directory, root, config.path);
  return {
    ...config,
    path,
    estimated: estimated && { ...estimated, run: { ...estimated.run, path } },
    problems: problems.map((problem) => problemSeenFrom(directory, root, problem)),
  };
}

function printJson(configs: readonly LocalConfig[], from: string | null, terminal: Terminal): void {
  for (const { path, estimated, problems } of configs) {
    const json =
      estimated === null ? renderUnreadableJson(path, problems) : renderEstimateJson(estimated, problems, from);
    terminal.out.print(json);
  }
}

function printText(configs: readonly LocalConfig[], otherFiles: number, from: string | null, terminal: Terminal): void {
  printProblems(
    configs.flatMap(({ problems }) => problems),
    terminal.err,
  );
  const [first] = configs;
  if (first === undefined) return;
  if (configs.length === 1 && !first.inFolder) printInFull(first, from, terminal);
  else printTable(configs, otherFiles, terminal);
}

function printInFull({ estimated }: LocalConfig, from: string | null, { out }: Terminal): void {
  if (estimated !== null) out.print(renderEstimateText(estimated, out, from));
}

/** A day as in 2026-12-01, or `today`. */
function dateOf(text: string, today: string): string {
  const day = text === 'today' ? today : text;
  if (findIsoDate(day) === day) return day;
  throw new Error(`--from: found "${text}", expected a date such as 2026-12-01, or today`);
}

/** The table of a pull request in which nothing changes, and how much could be read and known. */
function printTable(configs: readonly LocalConfig[], otherFiles: number, { out }: Terminal): void {
  const pairs = configs.map(({ path, estimated, problems }) => {
    return { path, previousPath: null, base: estimated, head: estimated, problems, baseProblems: problems, edits: [] };
  });
  for (const line of configLines(pairs, palette(out.colour), out.width)) out.print(line);
  out.print(`\n${renderCoverage(configs.map(coverageOf), otherFiles)}`);
}

function coverageOf({ estimated, dialect }: LocalConfig): Coverage {
  if (estimated === null) return { dialect: dialect ?? null, known: 'nothing' };
  const { parameters, memory, compute } = estimated.estimate;
  const isWhole = parameters !== null && memory !== null && compute?.gpuHours != null;
  return { dialect: dialect ?? null, known: isWhole ? 'all' : 'part' };
}
