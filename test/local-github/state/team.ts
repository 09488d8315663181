export interface Team {
  readonly org: string;
  readonly slug: string;
  readonly members: readonly TeamMember[];
}

export interface TeamMember {
  readonly login: string;
  /** Who is invited is pending until they accept. */
  readonly state: 'active' | 'pending';
}
