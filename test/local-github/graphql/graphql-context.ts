import type { Permission } from '../operations.ts';
import { allows, type Token } from '../state/token.ts';
import type { World } from '../state/world.ts';

export interface GraphqlContext {
  readonly world: World;
  readonly token: Token;
}

/** What GitHub answers in `errors` for one field, whose value is then null. Any other throw is our own mistake. */
export class GraphqlRefusal extends Error {
  readonly type: 'FORBIDDEN' | 'NOT_FOUND';

  constructor(type: GraphqlRefusal['type'], message: string) {
    super(message);
    this.type = type;
  }
}

export function requirePermission({ token }: GraphqlContext, ...permissions: readonly Permission[]): void {
  if (permissions.some((permission) => allows(token, permission))) return;
  throw new GraphqlRefusal('FORBIDDEN', 'Resource not accessible by integration');
}
