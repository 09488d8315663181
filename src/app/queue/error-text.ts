const mostCharacters = 500;

/** What may stand in an error by accident: tokens of GitHub and others, keys, and passwords of addresses. */
const secrets = [
  /-----BEGIN [^-]+-----[\s\S]*?(?:-----END [^-]+-----|$)/g,
  /\b(?:gh[a-z]_|github_pat_)\w+/g,
  /\beyJ[\w-]+\.[\w-]+(?:\.[\w-]+)?/g,
  /(?<=\b(?:bearer|token|basic|password|secret)[\s:=]{1,9})["']?[^\s"',;]+/gi,
  /(?<=:\/\/)[^\s/@]+(?=@)/g,
];

/** What is kept and shown of an error: its message and those of its causes, without secrets, short, and on one line. */
export function errorText(error: unknown): string {
  const text = secrets.reduce((safe, secret) => safe.replace(secret, '[secret]'), messageOf(error));
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…` : line;
}

function messageOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined || depth === 3 ? '' : ` (${messageOf(error.cause, depth + 1)})`;
  return `${error.name}: ${error.message.slice(0, 10_000)}${cause}`;
}
