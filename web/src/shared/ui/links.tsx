import { Link } from '@fluentui/react-components'
import type { ReactNode } from 'react'

const LINK = /\bhttps?:\/\/[^\s<>"']+/gi
const TRAILING = /[.,;:!?)\]}'"»”]+$/

export type Part = { text: string; href: string | null }

/** Text cut into plain parts and http(s) links. Nothing else ever becomes a link. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(LINK)) {
    const address = match[0].replace(TRAILING, '')
    const href = safeAddress(address)
    if (href === null) continue
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null })
    parts.push({ text: address, href })
    end = match.index + address.length
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null })
  return parts
}

function safeAddress(address: string): string | null {
  try {
    const url = new URL(address)
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null
  } catch {
    return null
  }
}

/** Text with links that open in a new tab and tell the other side nothing. */
export function Linked({ text }: { text: string }): ReactNode {
  return partsOf(text).map((part, index) =>
    part.href === null ? (
      part.text
    ) : (
      <Link key={index} inline href={part.href} target="_blank" rel="noopener noreferrer">
        {part.text}
      </Link>
    ),
  )
}
