/** What people can write in a comment: `/scalegate approve CODE`, on a line of its own. */
export type Command =
  | { readonly kind: 'approve'; /** Upper case; null where none was given. */ readonly code: string | null }
  | { readonly kind: 'unapprove' }
  | { readonly kind: 'explain' }
  | { readonly kind: 'recheck' }
  /** Also what is taken for any other word after `/scalegate`. */
  | { readonly kind: 'help' };
