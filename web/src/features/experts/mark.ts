export type Marked = { text: string; marked: boolean }

/** The name cut so that the beginnings of words that were searched for are marked, accents and case aside. */
export function markMatches(name: string, searched: string): Marked[] {
  const words = fold(searched).split(/\s+/).filter(Boolean)
  const parts: Marked[] = []
  for (const piece of name.split(/(\s+|-)/)) {
    const word = words.find((one) => fold(piece).startsWith(one))
    const length = word === undefined ? 0 : lengthOf(piece, word.length)
    if (length > 0) parts.push({ text: piece.slice(0, length), marked: true })
    if (length < piece.length) parts.push({ text: piece.slice(length), marked: false })
  }
  return parts
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{Mn}/gu, '').toLowerCase().replaceAll('ß', 'ss')
}

/** How many characters of `piece` make `folded` characters when folded. */
function lengthOf(piece: string, folded: number): number {
  let length = 0
  for (const character of piece) {
    if (fold(piece.slice(0, length)).length >= folded) break
    length += character.length
  }
  return length
}
