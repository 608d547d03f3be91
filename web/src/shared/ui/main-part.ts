/**
 * The page's main part. What opens beside a row of a table is put there: in the table it would be cut off, and
 * outside it would belong to no landmark.
 */
export function mainPart(): HTMLElement | null {
  return document.querySelector('main')
}
