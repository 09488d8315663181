/** What a check run is about, carried in its `external_id`, since a fork's runs name no pull request. */
export interface ExternalId {
  /** null for a merge group. */
  readonly pullRequest: number | null;
  readonly headSha: string;
  /** Code of what waited for approval; null where nothing did. */
  readonly code: string | null;
  /** What it was held against (basis.ts); null for a merge group, and where nothing was evaluated. */
  readonly basis: string | null;
}

/** `scalegate/1 12 4f1c… K7Q2M9XA 08ad…`: far below the 255 characters that are safe. */
export function encodeExternalId({ pullRequest, headSha, code, basis }: ExternalId): string {
  return [`scalegate/1 ${pullRequest ?? 'group'} ${headSha} ${code ?? '-'}`, ...(basis === null ? [] : [basis])].join(
    ' ',
  );
}

/** null for what this version of scalegate did not write. */
export function decodeExternalId(text: string): ExternalId | null {
  const match = form.exec(text);
  if (match === null) return null;
  const [, pullRequest = '', headSha = '', code = '', basis = null] = match;
  return {
    pullRequest: pullRequest === 'group' ? null : Number(pullRequest),
    headSha,
    code: code === '-' ? null : code,
    basis,
  };
}

const form =
  /^scalegate\/1 ([1-9]\d{0,9}|group) ([0-9a-f]{40}|[0-9a-f]{64}) ([2-9A-HJ-NP-Z]{8}|-)(?: ([0-9a-f]{16}))?$/;
