/** Who did something, as GraphQL names them. */
export interface Actor {
  readonly __typename: string;
  readonly login: string;
}

export const actorFields = '__typename login';

/** The login as REST has it and people know it: GraphQL leaves `[bot]` out. */
export function loginOf({ __typename: kind, login }: Actor): string {
  return kind === 'Bot' && !login.endsWith('[bot]') ? `${login}[bot]` : login;
}
