import { Command, type OutputConfiguration } from 'commander';
import { version } from '../core/version.ts';
import { describeCompare } from './describe/compare.ts';
import { describeDiff } from './describe/diff.ts';
import { describeDoctor } from './describe/doctor.ts';
import { describeEstimate } from './describe/estimate.ts';
import { describeExplain } from './describe/explain.ts';
import { describeFit } from './describe/fit.ts';
import { describeInit } from './describe/init.ts';
import { describeMap } from './describe/map.ts';
import { describeMax } from './describe/max.ts';
import { describeMcp } from './describe/mcp.ts';
import { describePlan } from './describe/plan.ts';
import { describePolicy } from './describe/policy.ts';
import { describeRecord } from './describe/record.ts';
import { describeReplay } from './describe/replay.ts';
import type { Session } from './describe/session.ts';
import { statusHelp } from './exit-status.ts';
import type { Terminal } from './terminal.ts';

/** The commands, in the order of the help. What each takes stands in the file of its name in describe/. */
const descriptions = [
  describeEstimate,
  describeDiff,
  describeReplay,
  describeFit,
  describeMax,
  describeCompare,
  describeExplain,
  describeMap,
  describeRecord,
  describePlan,
  describePolicy,
  describeInit,
  describeDoctor,
  describeMcp,
];

/** The program with its commands, their arguments and help. */
export function describeProgram(session: Session): Command {
  const program = new Command('scalegate')
    .description('What a training config costs: memory per GPU, GPU-hours and dollars, before and after a change.')
    .version(version)
    .exitOverride()
    .configureOutput(outputTo(session.terminal))
    .configureHelp({ minWidthToWrap: 30 })
    .showHelpAfterError('Add --help to see how it is used.')
    .addHelpText('after', statusHelp);
  for (const describe of descriptions) describe(program, session);
  return program;
}

function outputTo({ out, err }: Terminal): OutputConfiguration {
  return {
    writeOut: (text) => {
      out.print(text.trimEnd());
    },
    writeErr: (text) => {
      err.print(text.trimEnd());
    },
    getOutHelpWidth: () => out.width,
    getErrHelpWidth: () => err.width,
  };
}
