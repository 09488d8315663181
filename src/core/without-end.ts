/** A text without the characters of a set at its end, looked at once: `/\/+$/` tries every run of slashes anew. */
export function withoutEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
