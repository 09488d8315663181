import { type Account, actorLogin } from '../state/account.ts';

/** A `User`, `Bot` or `Organization`, as an `Actor` or a `RepositoryOwner`. */
export function actorNode(account: Account) {
  return { __typename: account.type, databaseId: account.id, login: actorLogin(account) };
}

/** The `viewer` is a `User` also where a bot asks, and then shows the login that REST shows. */
export function viewerNode({ id, login }: Account) {
  return { __typename: 'User', databaseId: id, login };
}
