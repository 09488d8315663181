import { openingName } from '../policy/approvals/opening.ts';
import { describeApprovers, shortList } from './approvers.ts';
import { counted } from './counted.ts';
import type { ApprovalState, Evaluation } from './evaluation.ts';
import type { Writing } from './title-words.ts';

/** What it still takes, by whom, and what is given so far. */
export function approvalSteps({ verdict, approval }: Evaluation, { code }: Writing, noun: string): string[] {
  if (verdict === 'pass' || approval.open.length === 0) return [];
  const { needed, open } = approval;
  const missing = open.reduce((sum, slot) => sum + slot.missing, 0);
  const then = verdict === 'fail' ? 'It also needs' : 'It needs';
  const given = `Given so far: ${needed - missing} of ${needed}. Authors of the change don't count.`;
  return [
    `${then} ${openSlots(approval, noun, code)}.${verdict === 'waiting' ? ` ${given}` : ''}`,
    ...unlinkedWords(approval, code),
  ];
}

/** `1 approving review by alice`, or for each slot that is open: `1 approving review for infra by bob`. */
function openSlots({ open }: ApprovalState, noun: string, code: Writing['code']): string {
  return open
    .map((opening) => {
      const { missing } = opening;
      const name = openingName(opening);
      const slot = name === null ? '' : ` for ${code(name)}`;
      return `${counted(missing, noun)}${slot} by ${describeApprovers(opening, code)}`;
    })
    .join(', and ');
}

/** Why more approvals are asked for than the policy states, and where nobody is left who could give them. */
function unlinkedWords({ open, unlinked }: ApprovalState, code: Writing['code']): string[] {
  const isOne = unlinked.length === 1;
  const names = shortList(unlinked.map((address) => code(address)));
  const extra = isOne ? 'One extra approval is' : `${unlinked.length} extra approvals are`;
  const more = `${extra} required: ${names} ${isOne ? "isn't" : "aren't"} linked to a GitHub account and could be one of the approvers.`;
  const least = open.flatMap(({ mostPeople }) => mostPeople ?? []).sort((one, other) => one - other)[0];
  if (least === undefined) return unlinked.length === 0 ? [] : [more];
  const can = least === 0 ? 'nobody the policy names can' : `only ${least} of those the policy names can`;
  const ignore = code('unlinked_authors: ignore');
  const way =
    unlinked.length === 0
      ? 'Name more approvers in the policy.'
      : `Link the address to an account, rewrite those commits, name more approvers, or set ${ignore} in the policy.`;
  return [...(unlinked.length === 0 ? [] : [more]), `That can't be fulfilled as it is: ${can} approve. ${way}`];
}

export function approvedBy({ approval }: Evaluation, { code }: Writing): string {
  return `Approved by ${shortList(approval.given.map(({ by }) => code(by)))}.`;
}

export function missingApprovals({ approval }: Evaluation): number {
  return approval.open.reduce((sum, { missing }) => sum + missing, 0);
}
