import { guessedFormat } from '../../core/run/mapping.ts';
import { proposeMapping } from '../../core/reading/propose-mapping.ts';
import { cleanLine } from '../../core/report/escape.ts';
import { estimateConfig } from '../../core/estimate-config.ts';
import { exitStatus, type ExitStatus } from '../exit-status.ts';
import type { GuardOptions } from '../local-guards.ts';
import { printProblems } from '../print-problems.ts';
import { filesLike, formatName, formatsText } from '../propose-formats.ts';
import { openSource } from '../read-source.ts';
import type { Terminal } from '../terminal.ts';

/** `scalegate map FILE`: the mapping of a team's own config, as the policy would state it, and what is still missing. */
export async function mapConfig(target: string, options: GuardOptions, terminal: Terminal): Promise<ExitStatus> {
  const { path, files, guards, seenPath, root } = await openSource(target, options, terminal);
  const content = files.content(path) ?? { unreadable: 'does not exist' };
  if ('unreadable' in content) throw new Error(`${seenPath} ${content.unreadable}`);
  const { keys, problems } = proposeMapping(path, files);
  printProblems(problems, terminal.err);
  if (problems.length > 0) return exitStatus.unusable;
  const { dialect } = estimateConfig(path, files, guards);
  if (dialect != null && dialect !== guessedFormat) {
    terminal.err.print(`${seenPath} is read as ${cleanLine(dialect)}: it needs no mapping.`);
  }
  terminal.out.print(`# ${cleanLine(path)}, by the names of its keys. Check each line, then put it into the policy.`);
  const format = { name: formatName(root), files: [filesLike(path)], keys };
  terminal.out.print(formatsText([format]));
  return exitStatus.pass;
}
