import { plainText } from '../../core/report/escape.ts';
import { type Check, type OpenNotice, retryButton } from './check.ts';

/** A check that says why there is no evaluation: it fails, since nothing is known. `memory` goes on to the next run. */
function notice(title: string, summary: string, memory: string): Check {
  return {
    conclusion: 'failure',
    title,
    summary: `${summary}\n`,
    text: memory,
    annotations: [],
    buttons: [retryButton],
  };
}

/** A newer commit came while this one was evaluated. */
export function supersededCheck(memory: string): Check {
  const summary = 'The pull request has a newer head, which has a check of its own. This commit was not judged.';
  return notice('Superseded by a newer commit', summary, memory);
}

/** The evaluation took longer than it may. */
export function deadlineCheck(seconds: number, memory: string): Check {
  const summary = `The evaluation did not end within ${seconds} s and was given up, so that nothing is known of this commit. Press Retry, or comment \`/scalegate recheck\`.`;
  return notice(`Gave up after ${seconds} s`, summary, memory);
}

/** The evaluation broke off; the reason is one that may be shown to everyone who sees the pull request. */
export function brokenOffCheck(reason: string, memory: string): Check {
  const summary = `The evaluation could not be finished, so that nothing is known of this commit: ${plainText(reason)} Press Retry, or comment \`/scalegate recheck\`.`;
  return notice('Could not be evaluated', summary, memory);
}

/** GitHub failed, and is asked again at that time; the check stays open until then. */
export function waitingNotice(reason: string, nextTry: Date): OpenNotice {
  const at = `${nextTry.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const summary = `The evaluation is tried again at ${at}, and ever less often for about an hour if need be: ${plainText(reason)}\n`;
  return { title: 'Waiting for GitHub', summary };
}

/** Adds to a check that it came late because GitHub asked to wait; what is shorter than a few seconds is not worth it. */
export function withWaitingNote(check: Check, waitedMs: number): Check {
  const seconds = Math.round(waitedMs / 1000);
  if (seconds < 10) return check;
  const note = `> This check came ${seconds} s late: GitHub's rate limits made it wait.`;
  return { ...check, summary: `${check.summary.trimEnd()}\n\n${note}\n` };
}
