/**
 * A heading's anchor, as GitHub makes it: lower case, spaces to dashes, and of the signs only dashes and underscores left.
 *
 * @param heading as it stands in Markdown, `The change: the server`
 * @returns `the-change-the-server`
 */
export function anchorOf(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
