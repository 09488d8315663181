import { z } from 'zod';
import type { ApproverSlot } from './policy.ts';

const Login = z
  .string()
  .regex(/^[a-zA-Z\d](?:[a-zA-Z\d-]*[a-zA-Z\d])?(?:_[a-zA-Z\d]+)?$/)
  .max(100)
  .describe('a GitHub login, without @');
const Team = z
  .string()
  .regex(/^[a-zA-Z\d][a-zA-Z\d-]*\/[\w.-]+$/)
  .max(200)
  .describe('organization/team-slug');
const Role = z.string().min(1).max(100).describe('a repository role: admin, maintain, write, or a custom one');
const SlotName = z
  .string()
  .regex(/^[a-zA-Z\d](?:[\w -]*\w)?$/)
  .max(40)
  .describe('a name of letters, digits, spaces and hyphens');

const candidates = {
  users: z.array(Login).max(100).optional().describe('Logins of people'),
  teams: z.array(Team).max(50).optional().describe('Teams as organization/team-slug; needs "Members: read"'),
  roles: z.array(Role).max(20).optional().describe('Repository roles; admin and maintain where nobody else is named'),
  codeowners: z.boolean().optional().describe('Whether owners of the config may approve, by CODEOWNERS at the base'),
  count: z.int().min(1).max(20).optional().describe('Approvals that it takes; 1 where not stated'),
};

type Candidates = z.infer<z.ZodObject<typeof candidates>>;

const Slot = z.strictObject({ name: SlotName, ...candidates }).superRefine((slot, context) => {
  if (namesSomebody(slot) || (slot.roles ?? []).length > 0) return;
  context.addIssue({ code: 'custom', message: 'users, teams, roles or "codeowners: true": who may fill this slot' });
});

/** Who may approve: one list of people, or several slots that each take people of their own. */
export const ApproversSection = z
  .strictObject({
    ...candidates,
    slots: z
      .array(Slot)
      .min(1)
      .max(10)
      .optional()
      .describe('Slots that all have to be filled; one person fills one slot. Nothing else stands beside them'),
  })
  .superRefine(({ slots, ...rest }, context) => {
    if (slots === undefined) return;
    for (const key of Object.keys(rest)) {
      context.addIssue({ code: 'custom', path: [key], message: `"${key}" within one of the slots, not beside them` });
    }
    const names = slots.map(({ name }) => name.toLowerCase());
    for (const [index, name] of names.entries()) {
      if (names.indexOf(name) === index) continue;
      context.addIssue({ code: 'custom', path: ['slots', index, 'name'], message: 'a name that no other slot has' });
    }
  })
  .transform(({ slots, ...rest }): readonly ApproverSlot[] =>
    slots === undefined ? [slotOf(null, rest)] : slots.map(({ name, ...candidates }) => slotOf(name, candidates)),
  );

function slotOf(name: string | null, { users = [], teams = [], roles, codeowners = false, count = 1 }: Candidates) {
  const usual = namesSomebody({ users, teams, codeowners }) ? [] : ['admin', 'maintain'];
  return { name, users, teams, roles: roles ?? usual, codeowners, count };
}

function namesSomebody({ users = [], teams = [], codeowners = false }: Partial<Candidates>): boolean {
  return users.length > 0 || teams.length > 0 || codeowners;
}
